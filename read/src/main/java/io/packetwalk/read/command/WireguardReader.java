package io.packetwalk.read.command;

import io.packetwalk.model.net.WireguardTunnel;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code wg show}, {@code wg show DEVICE}, {@code wg show all dump} and {@code wg showconf}.
 *
 * <pre>
 * interface: wg0                                     [Interface]
 *   public key: 2/…=                                 ListenPort = 51820
 *   listening port: 51820                            FwMark = 0x200000
 * peer: 9v…=                                         [Peer]
 *   endpoint: 192.0.2.2:51820                        PublicKey = 9v…=
 *   allowed ips: 10.244.1.0/24, fd00:1::/64          AllowedIPs = 10.244.1.0/24
 * </pre>
 */
public final class WireguardReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    if (!run.word(0).equals("wg")) {
      return Optional.empty();
    }
    boolean whole = run.words().size() < 4 || run.word(3).equals("dump");
    return switch (run.word(1)) {
      case "", "show" -> whole ? Optional.of("wg show") : Optional.empty();
      case "showconf" -> Optional.of("wg showconf");
      default -> Optional.empty();
    };
  }

  @Override
  public Reading read(CommandRun run) {
    Rows<WireguardTunnel> rows = Rows.silentWhenEmpty();
    WireguardDraft draft = new WireguardDraft(rows);
    boolean dump = run.word(3).equals("dump");
    if (run.word(1).equals("showconf") && !run.output().isEmpty()) {
      draft.begin(run.word(2), run.output().getFirst());
    }
    for (Line line : run.output()) {
      if (dump) {
        dumped(run, line, draft);
      } else if (!line.isBlank()) {
        named(line, draft);
      }
    }
    draft.end();
    boolean all = run.word(2).isEmpty() || run.word(2).equals("all");
    return rows.reading(run, all, Fact.Wireguard::new);
  }

  /** {@code listening port: 51820} or {@code ListenPort = 51820}. */
  private static void named(Line line, WireguardDraft draft) {
    String text = line.text().strip();
    if (text.equals("[Interface]")) {
      return;
    }
    if (text.equals("[Peer]")) {
      draft.peer("", line);
      return;
    }
    int equals = text.indexOf(" = ");
    int colon = text.indexOf(':');
    if (equals < 0 && colon < 0) {
      draft.skip(line, "not a line of WireGuard's settings");
      return;
    }
    int end = equals >= 0 ? equals : colon;
    String value = text.substring(end + (equals >= 0 ? 3 : 1)).strip();
    draft.setting(text.substring(0, end).replace(" ", "").toLowerCase(Locale.ROOT), value, line);
  }

  /** Rows of a device have five columns, of a peer nine; with one device named one less. */
  private static void dumped(CommandRun run, Line line, WireguardDraft draft) {
    List<String> words = new ArrayList<>(Tokens.split(line.text()));
    boolean all = run.word(2).equals("all");
    if (!all) {
      words.addFirst(run.word(2));
    }
    if (words.size() == 5) {
      draft.begin(words.get(0), line);
      draft.setting("publickey", words.get(2), line);
      draft.setting("listeningport", words.get(3), line);
      draft.setting("fwmark", words.get(4), line);
    } else if (words.size() == 9) {
      draft.peer(words.get(1), line);
      draft.setting("endpoint", words.get(3), line);
      draft.setting("allowedips", words.get(4), line);
      draft.setting("latesthandshake", words.get(5), line);
    } else if (!line.isBlank()) {
      draft.damage(line, "a row of five or nine columns was expected");
    }
  }
}
