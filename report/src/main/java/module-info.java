import org.jspecify.annotations.NullMarked;

/** The rendering of walks and states for people and for programs. */
@NullMarked
module packetwalk.report {
  requires static org.jspecify;
  requires transitive packetwalk.explain;
  requires transitive tools.jackson.core;

  exports io.packetwalk.report;
  exports io.packetwalk.report.capture;
  exports io.packetwalk.report.correlation;
  exports io.packetwalk.report.json;
  exports io.packetwalk.report.packet;
  exports io.packetwalk.report.state;
  exports io.packetwalk.report.text;
  exports io.packetwalk.report.walk;
}
