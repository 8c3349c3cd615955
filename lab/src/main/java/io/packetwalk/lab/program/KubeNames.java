package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.PlannedService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The names of kube-proxy's chains: a prefix and 16 characters of the base32 of a SHA-256
 * (pkg/proxy/iptables/proxier.go, portProtoHash and servicePortEndpointChainName).
 */
final class KubeNames {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int LENGTH = 16;

  private KubeNames() {}

  /** What kube-proxy calls a Service's port: {@code shop/api:http}. */
  static String port(PlannedService service, PlannedService.Port port) {
    return service.fullName() + ":" + port.name();
  }

  static String chain(String prefix, PlannedService service, PlannedService.Port port) {
    return prefix + hash(port(service, port) + port.protocol());
  }

  static String endpoint(PlannedService service, PlannedService.Port port, String endpoint) {
    return "KUBE-SEP-" + hash(port(service, port) + port.protocol() + endpoint);
  }

  private static String hash(String text) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    StringBuilder name = new StringBuilder();
    int bits = 0;
    int held = 0;
    for (int index = 0; name.length() < LENGTH; index++) {
      held = (held << 8) | (digest[index] & 0xff);
      bits += 8;
      while (bits >= 5 && name.length() < LENGTH) {
        bits -= 5;
        name.append(ALPHABET.charAt((held >> bits) & 31));
      }
      held &= (1 << bits) - 1;
    }
    return name.toString();
  }
}
