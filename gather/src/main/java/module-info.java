import org.jspecify.annotations.NullMarked;

/** Commands run where the nodes are, and the state that is written from what they print. */
@NullMarked
module packetwalk.gather {
  requires static org.jspecify;
  requires org.apache.commons.compress;

  exports io.packetwalk.gather;
  exports io.packetwalk.gather.tap;
}
