import org.jspecify.annotations.NullMarked;

/** The readers: text as a terminal showed it, and Kubernetes objects, to the model. */
@NullMarked
module packetwalk.read {
  requires static org.jspecify;
  requires org.apache.commons.compress;
  requires transitive packetwalk.model;
  requires org.snakeyaml.engine;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.yaml;

  exports io.packetwalk.read;
  exports io.packetwalk.read.transcript;
}
