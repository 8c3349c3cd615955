package io.packetwalk.read.command;

import io.packetwalk.model.net.Sysctl;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.Optional;

/**
 * Reads the settings of devices that Antrea's agent writes into its bundles ({@code
 * interface-config}): a line with the device's name, and a line {@code rp_filter=2} for each
 * setting of it.
 */
final class InterfaceConfigReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean ours = run.word(0).equals("antrea-agent") && run.word(1).equals("interface-config");
    return ours ? Optional.of("interface-config") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Rows<Sysctl> rows = Rows.headed();
    String device = "";
    for (Line line : run.output()) {
      int equals = line.text().indexOf('=');
      if (line.isBlank()) {
        device = "";
      } else if (equals < 0 && device.isEmpty()) {
        device = line.text().strip();
      } else if (equals > 0 && !device.isEmpty()) {
        String key = "net/ipv4/conf/" + device + "/" + line.text().substring(0, equals).strip();
        rows.add(
            new Sysctl(
                Sysctl.key(key),
                SettingValue.of(line.text().substring(equals + 1)),
                line.source()));
      } else {
        rows.skip(line, "not a setting");
      }
    }
    return SysctlReader.reading(rows);
  }
}
