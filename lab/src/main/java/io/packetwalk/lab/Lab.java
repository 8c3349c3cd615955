package io.packetwalk.lab;

import io.packetwalk.gather.Gathered;
import io.packetwalk.gather.Gathering;
import io.packetwalk.gather.Machine;
import io.packetwalk.gather.Reach;
import io.packetwalk.gather.Room;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.Planning;
import io.packetwalk.lab.program.KubernetesObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** A practice cluster that is up. */
public final class Lab {
  private final LabFolder folder;
  private final Ground ground;
  private final Plan plan;

  Lab(LabFolder folder, Ground ground, Plan plan) {
    this.folder = folder;
    this.ground = ground;
    this.plan = plan;
  }

  /** The name under which a cluster of this kind is up. */
  public static String name(ClusterKind kind, boolean dualStack) {
    return kind.label() + (dualStack ? "-dual" : "");
  }

  /**
   * Finds out whether this machine can carry a cluster.
   *
   * @throws LabException when it can't; the message says why
   */
  public static void check(ClusterKind kind) throws IOException, InterruptedException {
    Grounds.choose(kind, false);
  }

  /** Where a cluster would stand on this machine and why there, in words; or why it can't. */
  public static String place(ClusterKind kind) throws IOException, InterruptedException {
    try {
      Grounds.Choice choice = Grounds.choose(kind, false);
      return "In "
          + choice.ground().description()
          + choice.reason().map(reason -> " (" + reason + ")").orElse("");
    } catch (LabException unable) {
      return String.valueOf(unable.getMessage());
    }
  }

  /** What keeps this kernel from carrying such a cluster in namespaces; nothing when it can. */
  public static List<String> obstacles(ClusterKind kind) throws InterruptedException {
    return Grounds.obstaclesHere(kind);
  }

  /**
   * Builds a cluster. What an earlier one of the name left behind is cleaned up first.
   *
   * @throws LabException when it is up already, or can't be built here
   */
  public static Lab up(ClusterKind kind, boolean dualStack, Steps steps)
      throws IOException, InterruptedException {
    return up(kind, dualStack, false, steps);
  }

  /**
   * Builds a cluster as above.
   *
   * @param box whether it gets a kernel of its own though the running one would do
   */
  public static Lab up(ClusterKind kind, boolean dualStack, boolean box, Steps steps)
      throws IOException, InterruptedException {
    return Raising.up(kind, dualStack, box, steps);
  }

  /** The labs that are up. */
  public static List<Lab> all() throws IOException {
    List<Lab> labs = new ArrayList<>();
    for (LabFolder folder : LabFolder.all()) {
      find(folder).ifPresent(labs::add);
    }
    return labs;
  }

  /** The names of labs whose process has ended without {@code down}. */
  public static List<String> leftovers() throws IOException {
    List<String> names = new ArrayList<>();
    for (LabFolder folder : LabFolder.all()) {
      if (find(folder).isEmpty()) {
        names.add(folder.name());
      }
    }
    return names;
  }

  /** The lab of this name. */
  public static Optional<Lab> find(String name) throws IOException {
    return find(LabFolder.of(name));
  }

  static Optional<Lab> find(LabFolder folder) throws IOException {
    if (!folder.exists() || !Grounds.of(folder).isUp(folder)) {
      return Optional.empty();
    }
    Properties properties = folder.description().orElseGet(Properties::new);
    Ground ground = Grounds.of(folder);
    return ClusterKind.of(properties.getProperty("kind", ""))
        .map(kind ->
            new Lab(
                folder,
                ground,
                Planning.of(kind, Boolean.parseBoolean(properties.getProperty("dual")))));
  }

  /** Ends the lab of this name, or cleans up what is left of it; false when there is nothing. */
  public static boolean down(String name) throws IOException, InterruptedException {
    LabFolder folder = LabFolder.of(name);
    boolean there = folder.exists();
    Raising.raze(folder);
    return there;
  }

  public String name() {
    return folder.name();
  }

  public Plan plan() {
    return plan;
  }

  /** Where it stands and why there, in words. */
  public String where() throws IOException {
    Optional<String> reason =
        folder.description().map(properties -> properties.getProperty("reason"));
    return ground.description() + reason.map(why -> ": " + why).orElse("");
  }

  /** The faults that are in it now, joined by commas. */
  public Optional<String> faults() throws IOException {
    List<String> active = new ArrayList<>();
    if (Files.exists(folder.file("faults"))) {
      active.addAll(Files.readAllLines(folder.file("faults")));
    }
    return active.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", active));
  }

  /** The script that built it. */
  public String script() throws IOException {
    return Files.readString(folder.file("build.sh"));
  }

  Path path() {
    return folder.path();
  }

  Path file(String name) {
    return folder.file(name);
  }

  /** Leads to where the lab's namespaces have their names. */
  public Reach reach() throws IOException {
    return ground.reach(folder);
  }

  /** The same, for what may leave something running. */
  Reach lasting() throws IOException {
    return ground.lasting(folder);
  }

  /**
   * Leads into a network namespace of the lab. On a node with a switch, the tools of Open vSwitch
   * find its daemons by their environment.
   */
  public Reach inside(String netns) throws IOException {
    Reach reach = ground.inside(folder, netns);
    boolean hasSwitch =
        plan.kind().pods() == ClusterKind.Pods.SWITCHED && plan.node(netns).isPresent();
    return hasSwitch ? withSwitch(reach, netns) : reach;
  }

  /** What asks a daemon for its number needs to be where that number is the daemon's. */
  private Reach withSwitch(Reach reach, String netns) throws IOException {
    List<String> environment = environment("/run/lab/" + netns + "/openvswitch");
    Reach tools = reach.through(environment);
    Reach daemons = ground.lasting(folder).through(environment);
    return command -> (command.getFirst().equals("ovs-appctl") ? daemons : tools).start(command);
  }

  private static List<String> environment(String run) {
    return List.of("env", "OVS_RUNDIR=" + run, "OVS_DBDIR=" + run, "OVS_LOGDIR=" + run);
  }

  /**
   * Starts a shell that somebody uses in a namespace, or a command.
   *
   * @param place as the shell's prompt has it
   * @param command empty for a shell
   * @param size of the user's terminal; empty when there is none
   */
  public Session use(String netns, String place, List<String> command, Optional<TerminalSize> size)
      throws IOException {
    return ground.use(folder, Shell.command(netns, place, command), size);
  }

  /** The nodes as machines to gather from, with their pods' namespaces; the client is one, too. */
  public List<Site> sites() throws IOException {
    List<Site> sites = new ArrayList<>(sites(plan.pods()));
    List<Room> own = List.of(Room.own());
    sites.add(new Site(machine(Plan.CLIENT, own), own));
    return sites;
  }

  /** Those of them that concern these pods: their nodes, without other pods. */
  public List<Site> sites(List<PlannedPod> pods) throws IOException {
    List<Site> sites = new ArrayList<>();
    for (PlannedNode node : plan.nodes()) {
      List<Room> rooms = new ArrayList<>(List.of(Room.own()));
      plan.podsOf(node).stream()
          .filter(pods::contains)
          .forEach(pod -> rooms.add(Room.named(pod.netns())));
      if (rooms.size() > 1) {
        sites.add(new Site(machine(node.name(), rooms), rooms));
      }
    }
    return sites;
  }

  /** All namespaces of the lab have their names in one place: no need to go through the node. */
  private Machine machine(String name, List<Room> rooms) throws IOException {
    Map<Room, Reach> ways = new LinkedHashMap<>();
    for (Room room : rooms) {
      ways.put(room, inside(room.isOwn() ? name : room.name()));
    }
    return new Machine(name, room -> Objects.requireNonNull(ways.get(room)));
  }

  /** The lab's state: a transcript of each machine, and the cluster's objects. */
  public List<Gathered> gather(Gathering gathering) throws IOException, InterruptedException {
    return gather(gathering, sites());
  }

  /** The same of some of the machines. */
  List<Gathered> gather(Gathering gathering, List<Site> sites) throws InterruptedException {
    List<Gathered> files = new ArrayList<>();
    for (Site site : sites) {
      files.add(gathering.of(site.machine(), site.rooms()));
    }
    files.add(new Gathered("kubectl.txt", KubernetesObjects.transcript(plan)));
    return files;
  }

  /** A machine of the lab with its namespaces. */
  public record Site(Machine machine, List<Room> rooms) {
    public Site {
      rooms = List.copyOf(rooms);
    }
  }

  /** Told what is done while a lab is built. */
  @FunctionalInterface
  public interface Steps {
    void at(String step);
  }
}
