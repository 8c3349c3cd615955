import org.jspecify.annotations.NullMarked;

/** The immutable snapshot of a cluster network, each element with the line it was read from. */
@NullMarked
module packetwalk.model {
  requires static org.jspecify;
  requires transitive packetwalk.wire;
}
