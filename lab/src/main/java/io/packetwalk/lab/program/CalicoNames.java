package io.packetwalk.lab.program;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Calico's names for chains and sets: what is too long becomes a hash (libcalico-go, hash). */
final class CalicoNames {
  private static final int LONGEST_CHAIN = 28;
  private static final int LONGEST_SET = 31;

  private CalicoNames() {}

  /** The chain of a Kubernetes policy in one direction. */
  static String policy(String prefix, String namespace, String name) {
    return hashed(prefix, "knp/" + namespace + "/" + name, LONGEST_CHAIN);
  }

  /** The set of all addresses that a selector chooses. */
  static String selector(boolean six, String selector) {
    String prefix = six ? "cali60s:" : "cali40s:";
    return prefix + hash(selector).substring(0, LONGEST_SET - prefix.length());
  }

  private static String hashed(String prefix, String id, int longest) {
    return prefix + "_" + hash(id).substring(0, longest - prefix.length() - 1);
  }

  private static String hash(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
