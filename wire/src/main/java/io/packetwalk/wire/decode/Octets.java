package io.packetwalk.wire.decode;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reading of unsigned numbers in network order from an array; every access is bounds-checked. */
final class Octets {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Octets() {}

  static int byteAt(byte[] bytes, int offset) {
    return bytes[offset] & 0xff;
  }

  static int shortAt(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset) & 0xffff;
  }

  static int intAt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  static long unsignedIntAt(byte[] bytes, int offset) {
    return intAt(bytes, offset) & 0xffff_ffffL;
  }

  static long longAt(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static MacAddress macAt(byte[] bytes, int offset) {
    return new MacAddress((long) shortAt(bytes, offset) << 32 | unsignedIntAt(bytes, offset + 2));
  }

  static IpAddress ipv4At(byte[] bytes, int offset) {
    return IpAddress.ofIpv4(intAt(bytes, offset));
  }

  static IpAddress ipv6At(byte[] bytes, int offset) {
    return IpAddress.ofIpv6(longAt(bytes, offset), longAt(bytes, offset + 8));
  }
}
