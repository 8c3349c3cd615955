import org.jspecify.annotations.NullMarked;

/** The simulators, and the walk that they make of a packet. */
@NullMarked
module packetwalk.walk {
  requires static org.jspecify;
  requires transitive packetwalk.model;
}
