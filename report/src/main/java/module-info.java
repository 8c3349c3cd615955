import org.jspecify.annotations.NullMarked;

/** The rendering of walks and states for people and for programs. */
@NullMarked
module packetwalk.report {
  requires static org.jspecify;
  requires transitive packetwalk.walk;
  requires tools.jackson.databind;
}
