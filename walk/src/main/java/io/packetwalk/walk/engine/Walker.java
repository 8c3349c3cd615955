package io.packetwalk.walk.engine;

import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.gap.Attempts;
import io.packetwalk.walk.topology.World;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Predicts packets' ways through one snapshot, and the answers'. */
public final class Walker {
  private final World world;
  private final Attempts attempts;

  public Walker(Snapshot snapshot) {
    this.world = new World(snapshot);
    this.attempts = new Attempts(snapshot.inventory().failed());
  }

  /** The walk of one question; what was prepared for the snapshot is kept for the next one. */
  public static Walk walk(Snapshot snapshot, Question question) {
    return new Walker(snapshot).walk(question);
  }

  public Walk walk(Question question) {
    Engine engine = new Engine(world, question.dontFragment());
    Trail start = Trail.start(1).assuming(question.premises());
    List<Branch> branches = new Origination(engine).begin(start, question);
    Answers answers = new Answers(world, question, engine.delivery.arrivals(), engine.neighbours);
    Optional<Direction> reply = answers.walk().map(this::direction);
    Optional<Direction> completion =
        new Completion(world, question, answers.heard()).walk().map(this::direction);
    Map<Branch, List<Branch>> errors =
        new Errors(world, question, engine.refusals.all(), engine.neighbours).walk();
    Optional<Direction> error =
        Errors.direction(errors).map(Direction::branches).map(this::direction);
    return new Walk(
        question, direction(Errors.unheard(branches, errors)), reply, error, completion);
  }

  private Direction direction(List<Branch> branches) {
    return new Direction(
        branches.stream()
            .map(attempts::explain)
            .sorted(Comparator.comparingDouble(Branch::weight).reversed())
            .toList());
  }
}
