package io.packetwalk.cli.capture;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Room;
import io.packetwalk.gather.tap.TapPoint;
import io.packetwalk.lab.Lab.Site;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Walk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The devices at which a predicted packet and its answer should show.
 *
 * @param unreachable predicted devices in namespaces that can't be entered from here
 */
public record TapPlan(List<TapPoint> points, List<String> unreachable) {
  public TapPlan {
    points = List.copyOf(points);
    unreachable = List.copyOf(unreachable);
  }

  /** A device of the model, in its namespace. */
  private record Device(NamespaceId place, String name) {}

  /** The predicted devices of both directions and all branches. */
  public static TapPlan of(Walk walk, List<Site> sites) {
    SequencedSet<Device> devices = new LinkedHashSet<>();
    collect(walk.forward(), devices);
    walk.reply().ifPresent(reply -> collect(reply, devices));
    List<TapPoint> points = new ArrayList<>();
    List<String> unreachable = new ArrayList<>();
    for (Device device : devices) {
      Optional<TapPoint> point = point(device, sites);
      point.ifPresentOrElse(
          points::add,
          () ->
              unreachable.add(
                  device.place().node() + ":" + device.place().name() + " " + device.name()));
    }
    return new TapPlan(points, unreachable);
  }

  private static void collect(Direction direction, SequencedSet<Device> devices) {
    for (Branch branch : direction.branches()) {
      branch.steps().stream()
          .filter(Step::isObservable)
          .map(step -> new Device(step.place(), step.device()))
          .forEach(devices::add);
    }
  }

  private static Optional<TapPoint> point(Device device, List<Site> sites) {
    return point(device.place(), device.name(), sites);
  }

  /** A device of a namespace that can be entered from here. */
  public static Optional<TapPoint> point(NamespaceId place, String device, List<Site> sites) {
    for (Site site : sites) {
      if (!site.machine().name().equals(place.node())) {
        continue;
      }
      for (Room room : site.rooms()) {
        boolean meant =
            place.isHost()
                ? room.isOwn()
                : room.name().equals(place.name()) || room.wrapper().contains(place.name());
        if (meant) {
          return Optional.of(
              new TapPoint(site.machine().name(), room.name(), device, site.machine().into(room)));
        }
      }
    }
    return Optional.empty();
  }

  /** Every device that is up, in every namespace. */
  public static TapPlan everything(List<Site> sites) throws InterruptedException {
    Map<String, TapPoint> points = new LinkedHashMap<>();
    for (Site site : sites) {
      for (Room room : site.rooms()) {
        String listed =
            CommandRun.of(
                    site.machine().into(room),
                    List.of("ip", "-br", "link", "show", "up"),
                    Limits.SHORT)
                .printed();
        for (String line : listed.lines().toList()) {
          String device = line.split("[@\\s]", 2)[0];
          TapPoint point =
              new TapPoint(site.machine().name(), room.name(), device, site.machine().into(room));
          points.putIfAbsent(point.label(), point);
        }
      }
    }
    return new TapPlan(List.copyOf(points.values()), List.of());
  }
}
