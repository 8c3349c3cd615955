package io.packetwalk.wire.capture;

/** The reader of something that isn't a capture: it has no frames and a fault. */
final class UnknownReader extends CaptureReader {
  UnknownReader(Window window) {
    super(window);
    stop(CaptureFault.Reason.NOT_A_CAPTURE, 4, window.available());
  }

  @Override
  public boolean next() {
    return false;
  }
}
