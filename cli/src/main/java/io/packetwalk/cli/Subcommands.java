package io.packetwalk.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * The commands below the root. Building one costs reflection over its options, which would be half
 * of a short run's time for all of them together; so a run that names its command gets that one.
 */
final class Subcommands {
  private static final Map<String, Class<?>> ALL = all();

  private Subcommands() {}

  /**
   * Adds the command that the arguments name; every command where they name none, and for a script
   * that completes them all.
   */
  static void addTo(CommandLine root, String... arguments) {
    Class<?> named = arguments.length == 0 ? null : ALL.get(arguments[0]);
    if (named == null || named == CompletionCommand.class) {
      ALL.forEach(root::addSubcommand);
    } else {
      root.addSubcommand(arguments[0], named);
    }
  }

  private static Map<String, Class<?>> all() {
    Map<String, Class<?>> all = new LinkedHashMap<>();
    all.put("demo", DemoCommand.class);
    all.put("trace", TraceCommand.class);
    all.put("state", StateCommand.class);
    all.put("decode", DecodeCommand.class);
    all.put("gather", GatherCommand.class);
    all.put("lab", LabCommand.class);
    all.put("capture", CaptureCommand.class);
    all.put("correlate", CorrelateCommand.class);
    all.put("completion", CompletionCommand.class);
    return Collections.unmodifiableMap(all);
  }
}
