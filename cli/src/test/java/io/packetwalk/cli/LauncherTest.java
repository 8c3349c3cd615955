package io.packetwalk.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a project folder of its own, with a JDK and a Maven that only say how they were
 * called.
 */
class LauncherTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path scratch;

  private Path root;
  private Path maven;

  @BeforeEach
  void lay_out_a_project() throws IOException {
    root = Files.createDirectories(scratch.resolve("a project"));
    Files.createDirectories(root.resolve("tools"));
    Files.createDirectories(root.resolve("wire/src/main"));
    Files.copy(PROJECT.resolve("packetwalk"), root.resolve("packetwalk"));
    Files.copy(PROJECT.resolve("tools/jdk.sh"), root.resolve("tools/jdk.sh"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.writeString(root.resolve("wire/pom.xml"), "<project/>");
    jdk("25.0.3");
    maven =
        program(
            "bin/mvn",
            """
            [ -e "$BROKEN" ] && { echo '[ERROR] it does not compile'; exit 1; }
            echo "maven on ${JAVA_HOME##*/}: $*" >>%1$s/calls
            mkdir -p '%2$s/cli/target/application/libraries'
            touch '%2$s/cli/target/application/libraries/picocli.jar'
            touch '%2$s/cli/target/application/packetwalk-cli-1.jar'
            """
                .formatted(scratch, root));
  }

  @Test
  void the_first_run_builds_and_then_starts() throws Exception {
    Run run = launch(root.resolve("packetwalk"), "trace", "a b", "c");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.diagnostics()).contains("packetwalk: building, for the first time…");
    assertThat(run.answer()).contains("io.packetwalk.cli.Main|trace|a b|c|");
    assertThat(calls()).hasSize(1).first().asString().contains("-Djdk.range=[25,26) -Papplication");
  }

  @Test
  void a_second_run_does_not_build_again() throws Exception {
    launch(root.resolve("packetwalk"));
    Run second = launch(root.resolve("packetwalk"), "state");
    assertThat(second.diagnostics()).isEmpty();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void a_source_that_is_newer_than_the_build_makes_it_build_again() throws Exception {
    launch(root.resolve("packetwalk"));
    Path source = Files.writeString(root.resolve("wire/src/main/New.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    Run second = launch(root.resolve("packetwalk"));
    assertThat(second.diagnostics()).contains("sources have changed");
    assertThat(calls()).hasSize(2);
  }

  @Test
  void a_build_that_fails_shows_why_and_where_the_log_is() throws Exception {
    Files.writeString(scratch.resolve("broken"), "");
    Run run = launch(root.resolve("packetwalk"));
    assertThat(run.status()).isEqualTo(ExitStatus.DEFECT.code());
    assertThat(run.diagnostics())
        .contains("it does not compile")
        .contains(root + "/cli/target/build.log");
    assertThat(run.answer()).isEmpty();
  }

  @Test
  void short_commands_start_for_speed_and_captures_for_throughput() throws Exception {
    assertThat(launch(root.resolve("packetwalk"), "trace").answer())
        .contains("TieredStopAtLevel=1");
    assertThat(launch(root.resolve("packetwalk"), "decode").answer())
        .doesNotContain("TieredStopAtLevel", "UseSerialGC", "AOTCache");
  }

  @Test
  void a_link_finds_its_project_and_a_kubectl_plugin_calls_itself_that() throws Exception {
    Path real = Files.createSymbolicLink(scratch.resolve("link"), root.resolve("packetwalk"));
    Path folder = Files.createDirectories(scratch.resolve("elsewhere"));
    Path plugin =
        Files.createSymbolicLink(folder.resolve("kubectl-packetwalk"), folder.relativize(real));
    assertThat(launch(plugin).answer())
        .contains("-Dpacketwalk.home=" + root + "|")
        .contains("-Dpacketwalk.command=kubectl packetwalk|");
    assertThat(launch(real).answer()).doesNotContain("packetwalk.command");
  }

  @Test
  void without_a_jdk_25_it_says_so_and_how_to_get_one() throws Exception {
    jdk("17.0.15");
    Run run = launch(root.resolve("packetwalk"));
    assertThat(run.status()).isEqualTo(69);
    assertThat(run.diagnostics())
        .contains("holds no JDK 25")
        .contains("apt-get install openjdk-25-jdk");
    assertThat(run.answer()).isEmpty();
  }

  private void jdk(String version) throws IOException {
    program("jdk/bin/javac", "");
    program(
        "jdk/bin/java",
        """
        for argument; do [ "$argument" = io.packetwalk.cli.Rehearsal ] && exit 0; done
        printf '%s|' "$@"
        exit 3
        """);
    Files.writeString(scratch.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private Path program(String name, String body) throws IOException {
    Path file = scratch.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body);
    return Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
  }

  private Run launch(Path launcher, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path answer = scratch.resolve("answer");
    Path diagnostics = scratch.resolve("diagnostics");
    ProcessBuilder process = new ProcessBuilder(command).directory(scratch.toFile());
    process.environment().clear();
    process
        .environment()
        .putAll(
            Map.of(
                "PATH", maven.getParent() + ":/usr/bin:/bin",
                "HOME", scratch.toString(),
                "BROKEN", scratch.resolve("broken").toString(),
                "PACKETWALK_JAVA_HOME", scratch.resolve("jdk").toString()));
    int status =
        process
            .redirectOutput(answer.toFile())
            .redirectError(diagnostics.toFile())
            .start()
            .waitFor();
    return new Run(status, Files.readString(answer, UTF_8), Files.readString(diagnostics, UTF_8));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(scratch.resolve("calls"));
  }

  private record Run(int status, String answer, String diagnostics) {}
}
