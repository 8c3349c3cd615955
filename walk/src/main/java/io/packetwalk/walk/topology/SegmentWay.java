package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import java.util.ArrayList;
import java.util.List;

/**
 * How a flooded frame came to where it is.
 *
 * @param heardBack whether a frame that is sent back finds the way
 * @param crossed the bridges on the way, the first one first
 */
record SegmentWay(boolean heardBack, List<Segment.Crossing> crossed) {
  static final SegmentWay BEGIN = new SegmentWay(true, List.of());

  SegmentWay {
    crossed = List.copyOf(crossed);
  }

  SegmentWay heardBack(boolean still) {
    return new SegmentWay(heardBack && still, crossed);
  }

  SegmentWay crossing(Segment.Crossing bridge) {
    List<Segment.Crossing> more = new ArrayList<>(crossed);
    more.add(bridge);
    return new SegmentWay(heardBack, more);
  }

  Segment.Endpoint endpoint(NamespaceId namespace, String device) {
    return new Segment.Endpoint(namespace, device, heardBack, crossed);
  }
}
