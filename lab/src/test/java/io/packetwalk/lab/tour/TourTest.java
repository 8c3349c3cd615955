package io.packetwalk.lab.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.Planning;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tours tell, of every kind of cluster. */
final class TourTest {
  private static final int WIDEST = 115;

  @ParameterizedTest
  @EnumSource
  void a_tour_goes_through_the_tunnel_where_there_is_one(ClusterKind kind) {
    Plan plan = Planning.of(kind, false);
    boolean tunnelled = plan.tunnels(Tour.from(plan).node(), Tour.to(plan).node());

    assertThat(tunnelled).isEqualTo(!kind.tunnelDevice().isEmpty());
    assertThat(Tour.onTheWire(plan)).contains(tunnelled ? "Outside" : "one IP header only");
  }

  @ParameterizedTest
  @EnumSource
  void the_sender_may_ask_by_a_policy_where_there_are_policies(ClusterKind kind) {
    Plan plan = Planning.of(kind, false);

    assertThat(
            plan.policies().stream()
                .filter(policy -> policy.app().equals(Tour.to(plan).app()))
                .allMatch(policy -> policy.allowedApp().equals(Tour.from(plan).app())))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void every_stop_shows_something_of_a_place_that_is_there(ClusterKind kind) {
    Plan plan = Planning.of(kind, false);
    List<Stop> stops = Tour.of(plan);

    assertThat(stops).hasSizeGreaterThanOrEqualTo(6).noneMatch(stop -> stop.looks().isEmpty());
    assertThat(stops.stream().flatMap(stop -> stop.looks().stream()).map(Stop.Look::netns))
        .allMatch(netns ->
            netns.equals(Plan.FABRIC)
                || plan.node(netns).isPresent()
                || plan.pods().stream().anyMatch(pod -> pod.netns().equals(netns)));
  }

  @ParameterizedTest
  @EnumSource
  void texts_fit_a_terminal_and_have_nothing_left_open(ClusterKind kind) {
    Plan plan = Planning.of(kind, false);
    Stream<String> texts =
        Stream.concat(
            Stream.of(Tour.introduction(plan), Tour.onTheWire(plan)),
            Tour.of(plan).stream().map(Stop::text));

    assertThat(texts.flatMap(String::lines))
        .allMatch(line -> line.length() <= WIDEST)
        .noneMatch(line -> line.contains("%"));
  }
}
