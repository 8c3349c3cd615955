import org.jspecify.annotations.NullMarked;

/** The command line: wiring of the other modules, diagnostics and exit codes. */
@NullMarked
module packetwalk.cli {
  requires static org.jspecify;
  requires info.picocli;
  requires packetwalk.capture;
  requires packetwalk.gather;
  requires packetwalk.lab;
  requires packetwalk.correlate;
  requires packetwalk.explain;
  requires packetwalk.read;
  requires packetwalk.report;
  requires packetwalk.walk;

  opens io.packetwalk.cli to
      info.picocli;
}
