import org.jspecify.annotations.NullMarked;

/** The immutable snapshot of a cluster network, each element with the line it was read from. */
@NullMarked
module packetwalk.model {
  requires static org.jspecify;
  requires transitive packetwalk.wire;

  exports io.packetwalk.model;
  exports io.packetwalk.model.cluster;
  exports io.packetwalk.model.net;
  exports io.packetwalk.model.netfilter;
  exports io.packetwalk.model.openflow;
}
