import org.jspecify.annotations.NullMarked;

/** Practice clusters on the real kernel. */
@NullMarked
module packetwalk.lab {
  requires static org.jspecify;
  requires transitive packetwalk.gather;
  requires packetwalk.capture;
  requires tools.jackson.databind;

  exports io.packetwalk.lab;
  exports io.packetwalk.lab.fault;
  exports io.packetwalk.lab.plan;
  exports io.packetwalk.lab.tour;
}
