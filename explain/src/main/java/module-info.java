import org.jspecify.annotations.NullMarked;

/** Why a packet was lost: the causes, what proves them, and what would mend them. */
@NullMarked
module packetwalk.explain {
  requires static org.jspecify;
  requires transitive packetwalk.correlate;

  exports io.packetwalk.explain;
}
