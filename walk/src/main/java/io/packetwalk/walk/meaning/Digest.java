package io.packetwalk.walk.meaning;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** The hashes by which programs shorten names. */
final class Digest {
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Digest() {}

  /** The first characters of the SHA-256 sum in base 32, as kube-proxy and kube-router use it. */
  static String base32(String text, int length) {
    byte[] sum = sum("SHA-256", text);
    StringBuilder encoded = new StringBuilder(length);
    for (int index = 0; index < length; index++) {
      int bit = index * 5;
      int pair = (sum[bit / 8] & 0xff) << 8 | (sum[bit / 8 + 1] & 0xff);
      encoded.append(BASE_32.charAt(pair >>> (11 - bit % 8) & 31));
    }
    return encoded.toString();
  }

  /** The SHA-256 sum in base 64 for addresses of the web, as Calico shortens names. */
  static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sum("SHA-256", text));
  }

  /** The first hexadecimal digits of the SHA-1 sum, as Calico names devices. */
  static String hex(String text, int length) {
    return HexFormat.of().formatHex(sum("SHA-1", text)).substring(0, length);
  }

  private static byte[] sum(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has " + algorithm, missing);
    }
  }
}
