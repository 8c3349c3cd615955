package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel setting.
 *
 * @param key with slashes, as under {@code /proc/sys}: device names may contain dots
 */
public record Sysctl(String key, String value, Source source) {
  private static final Pattern SPLIT_DEVICE =
      Pattern.compile("(net/ipv[46]/(?:conf|neigh))/(.+)/([^/]+)");

  /**
   * The key of a name as {@code sysctl} prints it: dots separate, and a slash stands for a dot
   * inside a device's name. A name that begins with {@code /proc/sys/} or has slashes only is kept.
   *
   * <p>Some versions print a device's dots as dots; what stands between {@code conf} or {@code
   * neigh} and the setting is the device all the same.
   */
  public static String key(String printed) {
    String name = printed.startsWith("/proc/sys/") ? printed.substring(10) : printed;
    int dot = name.indexOf('.');
    int slash = name.indexOf('/');
    boolean dotted = dot >= 0 && (slash < 0 || dot < slash);
    return dotted ? joinedDevice(exchanged(name)) : name;
  }

  private static String exchanged(String name) {
    StringBuilder key = new StringBuilder(name.length());
    for (int index = 0; index < name.length(); index++) {
      char character = name.charAt(index);
      key.append(character == '.' ? '/' : character == '/' ? '.' : character);
    }
    return key.toString();
  }

  private static String joinedDevice(String key) {
    Matcher split = SPLIT_DEVICE.matcher(key);
    return split.matches()
        ? split.group(1) + "/" + split.group(2).replace('/', '.') + "/" + split.group(3)
        : key;
  }
}
