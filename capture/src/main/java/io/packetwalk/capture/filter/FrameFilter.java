package io.packetwalk.capture.filter;

import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Dissection;

/** What says whether a frame is looked at. */
public sealed interface FrameFilter
    permits InnerFilter, PcapFilter, FrameFilter.All, FrameFilter.Both {
  /** Whether the dissected frame passes. */
  boolean matches(LinkType link, Dissection dissection);

  /** Every frame passes. */
  record All() implements FrameFilter {
    @Override
    public boolean matches(LinkType link, Dissection dissection) {
      return true;
    }
  }

  /** What passes both filters passes. */
  record Both(FrameFilter first, FrameFilter second) implements FrameFilter {
    @Override
    public boolean matches(LinkType link, Dissection dissection) {
      return first.matches(link, dissection) && second.matches(link, dissection);
    }
  }
}
