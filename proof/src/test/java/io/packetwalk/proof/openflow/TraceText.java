package io.packetwalk.proof.openflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ofproto/trace} says: for each pass the flows that were hit, and the fields at its
 * end.
 *
 * @param hits {@code TABLE:COOKIE}, {@code TABLE:miss}, in order
 * @param ends the fields of each pass's final flow
 * @param outputs the ports in the data path's actions, in order
 * @param floods whether something was sent to many ports at once
 */
record TraceText(
    List<String> hits, List<Map<String, String>> ends, List<Integer> outputs, boolean floods) {
  private static final Pattern HIT =
      Pattern.compile("^\\s*([0-9]+)\\. .*?(?:priority [0-9]+, )?cookie (0x[0-9a-f]+)$");
  private static final Pattern ZERO_COOKIE = Pattern.compile("^\\s*([0-9]+)\\. .*priority [0-9]+$");
  private static final Pattern AGAIN = Pattern.compile("recirc\\(0x[0-9a-f]+\\)");
  private static final Pattern MISS = Pattern.compile("^\\s*([0-9]+)\\. No match\\.$");

  static TraceText parse(String text) {
    List<String> hits = new ArrayList<>();
    List<Map<String, String>> ends = new ArrayList<>();
    List<Integer> outputs = new ArrayList<>();
    String initial = "";
    for (String line : text.split("\n", -1)) {
      Matcher hit = HIT.matcher(line);
      Matcher miss = MISS.matcher(line);
      Matcher zero = ZERO_COOKIE.matcher(line);
      if (line.startsWith("Flow: ")) {
        initial = line.substring(6);
      } else if (line.startsWith("Final flow: ")) {
        String end = line.substring(12);
        ends.add(fields(end.equals("unchanged") ? initial : end));
      } else if (line.startsWith("Datapath actions: ")) {
        outputs.addAll(outputs(line.substring(18)));
      } else if (hit.matches()) {
        hits.add(hit.group(1) + ":" + hit.group(2));
      } else if (miss.matches()) {
        hits.add(miss.group(1) + ":miss");
      } else if (zero.matches()) {
        hits.add(zero.group(1) + ":0x0");
      }
    }
    boolean floods = text.contains("FLOOD") || text.contains("ALL") || text.contains("flooding");
    return new TraceText(hits, ends, outputs, floods);
  }

  static Map<String, String> fields(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        fields.put(part, "");
      } else {
        fields.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return fields;
  }

  /**
   * Whether the trace ends where the packet has to be read anew: behind a label that was taken off
   * Open vSwitch starts again, which a trace doesn't follow.
   */
  static boolean isCutShort(String text) {
    if (text.contains("pop_mpls:0x0800")) {
      return true;
    }
    Matcher again = AGAIN.matcher(text);
    while (again.find()) {
      if (!text.contains("\n" + again.group() + " - resume")) {
        return true;
      }
    }
    return false;
  }

  /** The numbers that stand alone among the actions, those in clones included. */
  private static List<Integer> outputs(String actions) {
    List<Integer> outputs = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("(?:^|[,(])(?:clone\\()?([0-9]+)(?=[,)]|$)").matcher(flat(actions));
    int at = 0;
    while (matcher.find(at)) {
      outputs.add(Integer.parseInt(matcher.group(1)));
      at = matcher.end();
    }
    return outputs;
  }

  /** Without the arguments of actions, which have numbers of their own; those of clones stay. */
  private static String flat(String actions) {
    String flat = actions.replace("clone(", "<");
    String before = "";
    while (!before.equals(flat)) {
      before = flat;
      flat = flat.replaceAll("[a-z_0-9]+\\([^()]*\\)", "x");
    }
    return flat.replace("<", "").replace(")", "");
  }
}
