import org.jspecify.annotations.NullMarked;

/** The same packet at several capture points, and what was seen beside what was predicted. */
@NullMarked
module packetwalk.correlate {
  requires static org.jspecify;
  requires transitive packetwalk.capture;
  requires transitive packetwalk.walk;

  exports io.packetwalk.correlate;
  exports io.packetwalk.correlate.clock;
  exports io.packetwalk.correlate.match;
  exports io.packetwalk.correlate.place;
  exports io.packetwalk.correlate.survey;
}
