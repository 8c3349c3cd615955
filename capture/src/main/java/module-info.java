import org.jspecify.annotations.NullMarked;

/** Capture files from where they are: opening, decompressing, filtering and counting. */
@NullMarked
module packetwalk.capture {
  requires static org.jspecify;
  requires transitive packetwalk.model;
  requires com.github.luben.zstd_jni;
  requires org.apache.commons.compress;

  exports io.packetwalk.capture;
  exports io.packetwalk.capture.filter;
  exports io.packetwalk.capture.tap;
}
