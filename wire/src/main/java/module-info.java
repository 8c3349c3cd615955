import org.jspecify.annotations.NullMarked;

/** Addresses, header layers, and the reading and writing of packets and capture files. */
@NullMarked
module packetwalk.wire {
  requires static org.jspecify;

  exports io.packetwalk.wire;
  exports io.packetwalk.wire.capture;
  exports io.packetwalk.wire.decode;
  exports io.packetwalk.wire.layer;
  exports io.packetwalk.wire.message;
}
