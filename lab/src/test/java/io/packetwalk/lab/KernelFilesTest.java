package io.packetwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Reach;
import io.packetwalk.lab.plan.ClusterKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFilesTest {
  @TempDir private Path root;

  @Test
  void a_kernel_with_its_modules_is_found_the_newest_first() throws IOException {
    kernel("6.1.0", "kernel/net/openvswitch/openvswitch.ko:", "kernel/fs/9p/9p.ko: other.ko");
    kernel("6.12.1", "kernel/fs/9p/9p.ko.xz:", "kernel/net/openvswitch/openvswitch.ko.xz:");
    assertThat(KernelFiles.in(root))
        .extracting(KernelFiles::version)
        .containsExactly("6.12.1", "6.1.0");
  }

  @Test
  void a_kernel_without_what_a_lab_needs_is_passed_over() throws IOException {
    kernel("6.1.0", "kernel/net/openvswitch/openvswitch.ko:");
    assertThat(KernelFiles.in(root)).isEmpty();
    assertThat(KernelFiles.in(root.resolve("nothing"))).isEmpty();
  }

  @Test
  void the_first_files_are_an_archive_that_cpio_reads() throws IOException, InterruptedException {
    Optional<KernelFiles> kernel = KernelFiles.find();
    List<String> obstacles = new EmulatedKernel().obstacles(ClusterKind.ANTREA_GENEVE);
    assumeTrue(obstacles.isEmpty(), () -> "not run: " + String.join("; ", obstacles));
    assumeTrue(Grounds.isInstalled("cpio"), "not run: cpio isn't installed");
    Path archive = root.resolve("initrd");
    InitialFiles.write(kernel.orElseThrow(), archive);

    Output listed =
        CommandRun.of(
            Reach.local(),
            List.of("cpio", "-t", "--quiet", "-F", archive.toString()),
            Limits.SHORT);
    assertThat(listed.succeeded()).isTrue();
    assertThat(listed.printed().lines()).contains("init", "bin/busybox", "mod/order", "mod/9p.ko");
  }

  private void kernel(String version, String... dependencies) throws IOException {
    Files.createDirectories(root.resolve("boot"));
    Files.writeString(root.resolve("boot").resolve("vmlinuz-" + version), "");
    Path modules = Files.createDirectories(root.resolve("lib/modules").resolve(version));
    Files.write(modules.resolve("modules.dep"), List.of(dependencies));
  }
}
