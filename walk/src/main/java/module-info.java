import org.jspecify.annotations.NullMarked;

/** The simulators: what the tables of a snapshot do with a packet, step by step. */
@NullMarked
module packetwalk.walk {
  requires static org.jspecify;
  requires transitive packetwalk.model;

  exports io.packetwalk.walk;
  exports io.packetwalk.walk.engine;
  exports io.packetwalk.walk.gap;
  exports io.packetwalk.walk.meaning;
  exports io.packetwalk.walk.netfilter;
  exports io.packetwalk.walk.openflow;
  exports io.packetwalk.walk.plugin;
  exports io.packetwalk.walk.seen;
}
