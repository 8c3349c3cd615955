package io.packetwalk.proof.observed;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What was recognised in captures that {@code identity.py} took elsewhere, such as in a virtual
 * machine whose kernel has all tunnels: {@code IdentityRuns FOLDER…}.
 */
final class IdentityRuns {
  private IdentityRuns() {}

  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      IdentityReport report = IdentityReport.of(Path.of(folder));
      System.out.println(folder);
      System.out.print(report.text());
    }
  }
}
