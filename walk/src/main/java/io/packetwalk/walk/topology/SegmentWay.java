package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import java.util.ArrayList;
import java.util.List;

/**
 * How a flooded frame came to where it is.
 *
 * @param heardBack whether a frame that is sent back finds the way
 * @param crossed the bridges on the way, the first one first
 * @param passed the learning tunnels on the way
 */
record SegmentWay(boolean heardBack, List<Segment.Crossing> crossed, List<Tunnels.Passage> passed) {
  static final SegmentWay BEGIN = new SegmentWay(true, List.of(), List.of());

  SegmentWay {
    crossed = List.copyOf(crossed);
    passed = List.copyOf(passed);
  }

  SegmentWay heardBack(boolean still) {
    return new SegmentWay(heardBack && still, crossed, passed);
  }

  SegmentWay crossing(Segment.Crossing bridge) {
    List<Segment.Crossing> more = new ArrayList<>(crossed);
    more.add(bridge);
    return new SegmentWay(heardBack, more, passed);
  }

  SegmentWay passing(Tunnels.Exit exit) {
    List<Tunnels.Passage> more = new ArrayList<>(passed);
    exit.passage().ifPresent(more::add);
    return new SegmentWay(heardBack && exit.heardBack(), crossed, more);
  }

  Segment.Endpoint endpoint(NamespaceId namespace, String device) {
    return new Segment.Endpoint(namespace, device, heardBack, crossed, passed);
  }
}
