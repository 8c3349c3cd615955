package io.packetwalk.model.net;

import io.packetwalk.model.Source;

/**
 * A kernel setting.
 *
 * @param key with slashes, as under {@code /proc/sys}: device names may contain dots
 */
public record Sysctl(String key, String value, Source source) {
  /**
   * The key of a name as {@code sysctl} prints it: dots separate, and a slash stands for a dot
   * inside a device's name. A name that begins with {@code /proc/sys/} or has slashes only is kept.
   */
  public static String key(String printed) {
    String name = printed.startsWith("/proc/sys/") ? printed.substring(10) : printed;
    int dot = name.indexOf('.');
    int slash = name.indexOf('/');
    boolean dotted = dot >= 0 && (slash < 0 || dot < slash);
    if (!dotted) {
      return name;
    }
    StringBuilder key = new StringBuilder(name.length());
    for (int index = 0; index < name.length(); index++) {
      char character = name.charAt(index);
      key.append(character == '.' ? '/' : character == '/' ? '.' : character);
    }
    return key.toString();
  }
}
