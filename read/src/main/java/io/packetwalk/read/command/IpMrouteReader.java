package io.packetwalk.read.command;

import io.packetwalk.model.net.MulticastRoute;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code ip mroute} and {@code ip -6 mroute}: the cache of multicast routing.
 *
 * <pre>
 * (10.0.1.2,239.1.1.1)             Iif: eth1       Oifs: eth2 eth3(ttl 5)  State: resolved
 * (10.0.1.2,239.1.1.3)             Iif: unresolved  State: unresolved
 *   3 packets, 129 bytes, Age 0.15
 * </pre>
 */
final class IpMrouteReader implements CommandReader {
  private static final Pattern FLOW =
      Pattern.compile("\\(\\s*([^,\\s]+)\\s*,\\s*([^)\\s]+)\\s*\\)(.*)");
  private static final int USUAL_THRESHOLD = 1;

  @Override
  public Optional<String> recognise(CommandRun run) {
    return IpCommand.parse(run.words())
        .filter(command -> command.isObject("mroute") && command.isShow() && !command.json())
        .map(command -> "ip mroute");
  }

  @Override
  public Reading read(CommandRun run) {
    IpCommand command = IpCommand.parse(run.words()).orElseThrow();
    IpFamily family = command.family().orElse(IpFamily.IPV4);
    Rows<MulticastRoute> rows = Rows.silentWhenEmpty();
    for (Line line : run.output()) {
      String text = line.text().strip();
      Matcher flow = FLOW.matcher(text);
      if (flow.matches()) {
        route(flow, line)
            .ifPresentOrElse(rows::add, () -> rows.damage(line, "not a multicast route"));
      } else if (!text.isEmpty() && !Character.isDigit(text.charAt(0))) {
        rows.damage(line, "not a multicast route");
      }
    }
    return rows.reading(
        run, command.filter().isEmpty(), listing -> new Fact.MulticastRoutes(family, listing));
  }

  private static Optional<MulticastRoute> route(Matcher flow, Line line) {
    Optional<IpAddress> group = IpAddress.parse(flow.group(2)).filter(IpAddress::isMulticast);
    Optional<IpAddress> from =
        IpAddress.parse(flow.group(1))
            .or(() -> group.map(known -> IpAddress.of(known.isIpv4() ? "0.0.0.0" : "::")));
    return group.flatMap(known -> from.map(source -> route(source, known, flow.group(3), line)));
  }

  private static MulticastRoute route(IpAddress from, IpAddress group, String rest, Line line) {
    Words words = Words.of(rest);
    Optional<String> input = words.valueOf("Iif:").filter(name -> !name.equals("unresolved"));
    return new MulticastRoute(from, group, input, outputs(rest), line.source());
  }

  private static List<MulticastRoute.Output> outputs(String rest) {
    List<MulticastRoute.Output> outputs = new ArrayList<>();
    int begin = rest.indexOf("Oifs:");
    if (begin < 0) {
      return outputs;
    }
    String listed = rest.substring(begin + "Oifs:".length()).replace("(ttl ", "(");
    int end = listed.indexOf("State:");
    for (String word : (end < 0 ? listed : listed.substring(0, end)).strip().split("\\s+", -1)) {
      output(word).ifPresent(outputs::add);
    }
    return outputs;
  }

  private static Optional<MulticastRoute.Output> output(String word) {
    int limit = word.indexOf('(');
    if (word.isEmpty() || limit < 0) {
      return Optional.of(word)
          .filter(name -> !name.isEmpty())
          .map(name -> new MulticastRoute.Output(name, USUAL_THRESHOLD));
    }
    OptionalInt threshold = Words.parseInt(word.substring(limit + 1).replace(")", ""));
    return Optional.of(
        new MulticastRoute.Output(word.substring(0, limit), threshold.orElse(USUAL_THRESHOLD)));
  }
}
