package io.packetwalk.style;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The formatting step of the build: checks or rewrites every Java source of the project with
 * google-java-format. {@code ./format} rewrites, the {@code verify} phase checks.
 */
public final class Format {
  private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".git", ".mvn");

  private Format() {}

  public static void main(String[] arguments) throws Exception {
    boolean checking = arguments[0].equals("check");
    List<String> options = new ArrayList<>();
    if (checking) {
      options.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    } else {
      options.add("--replace");
    }
    options.addAll(javaSources(Path.of(arguments[1])));
    var formatter =
        new Main(
            new PrintWriter(System.out, true, UTF_8),
            new PrintWriter(System.err, true, UTF_8),
            System.in);
    int status = formatter.format(options.toArray(String[]::new));
    if (checking && status != 0) {
      System.err.println("The files above are not formatted: run ./format");
    }
    System.exit(status);
  }

  private static List<String> javaSources(Path root) throws IOException {
    List<String> sources = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return SKIPPED_FOLDERS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(sources);
    return sources;
  }
}
