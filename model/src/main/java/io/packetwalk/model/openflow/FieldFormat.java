package io.packetwalk.model.openflow;

/** How a field's value is written in a flow. */
public enum FieldFormat {
  DECIMAL,
  HEXADECIMAL,
  MAC,
  IPV4,
  IPV6,
  /** An OpenFlow port: a number, a reserved name such as {@code LOCAL}, or an interface's name. */
  PORT,
  /** {@code +new-est}, {@code new|trk}, or number and mask. */
  CONNECTION_STATE,
  /** {@code +syn-ack}, or number and mask. */
  TCP_FLAGS,
  /** {@code no}, {@code yes}, {@code first}, {@code later}, {@code not_later}. */
  FRAGMENT,
  /** {@code +oam}, {@code df|csum|key}. */
  TUNNEL_FLAGS,
  /** Two 16-bit numbers in parentheses: {@code (0,0x800)}. */
  PACKET_TYPE
}
