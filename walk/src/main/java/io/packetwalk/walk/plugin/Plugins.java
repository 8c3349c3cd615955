package io.packetwalk.walk.plugin;

import io.packetwalk.model.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The recognition of CNI plugins. */
public final class Plugins {
  private Plugins() {}

  /** Every plugin that the state shows signs of; more than one when the signs are mixed. */
  public static List<Conclusion> recognise(Snapshot snapshot) {
    Hosts hosts = new Hosts(snapshot);
    return Stream.concat(
            Stream.of(
                    new CalicoSigns(hosts).conclude(),
                    new AntreaSigns(hosts).conclude(),
                    new FlannelSigns(hosts).conclude())
                .flatMap(Optional::stream),
            DeviceNames.conclude(hosts).stream())
        .toList();
  }
}
