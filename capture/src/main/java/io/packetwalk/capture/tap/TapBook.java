package io.packetwalk.capture.tap;

import io.packetwalk.capture.tap.Tap.Placement;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.Device;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.capture.CaptureInterface;
import io.packetwalk.wire.capture.CaptureReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * The taps of some captures, numbered from 0 as their first frames come: one for each interface of
 * a capture, and for each device that a capture of all devices ({@code -i any}) tells apart.
 */
public final class TapBook {
  /** Of a frame's number those that count within its capture. */
  public static final int FRAME_BITS = 40;

  private static final int COOKED_INDEX = 4;

  private final List<CaptureFile> files;
  private final Map<String, TapName> told;
  private final Map<TapKey, Tap> guesses;
  private final Snapshot snapshot;
  private final Set<String> nodes;
  private final Map<TapKey, Integer> numbers = new LinkedHashMap<>();
  private final List<Tap> taps = new ArrayList<>();
  private final List<TapKey> keys = new ArrayList<>();
  private final Map<Tap.At, List<Integer>> places = new LinkedHashMap<>();
  private final List<Integer> firsts = new ArrayList<>();
  private final List<Integer> ordinals = new ArrayList<>();
  private final int[][] plain;

  /**
   * What one tap is in its capture.
   *
   * @param index the device's index in frames of a capture of all devices; otherwise empty
   */
  public record TapKey(int capture, int interfaceIndex, OptionalInt index) {}

  /**
   * A book without pages.
   *
   * @param told where the user says that a file's capture was taken, by the file as it was named
   * @param guesses where captures were taken that don't say it
   */
  public TapBook(
      List<CaptureFile> files,
      Map<String, TapName> told,
      Map<TapKey, Tap> guesses,
      Snapshot snapshot) {
    this.files = List.copyOf(files);
    this.told = told;
    this.guesses = guesses;
    this.snapshot = snapshot;
    this.nodes = new TreeSet<>(snapshot.nodes());
    this.plain = new int[files.size()][0];
  }

  /** The number of the tap that the reader's current frame was captured at. */
  public int number(int capture, CaptureReader reader) {
    int face = reader.interfaceIndex();
    boolean cooked = reader.linkType().number() == LinkType.LINUX_COOKED_2.number();
    if (!cooked && face < plain[capture].length && plain[capture][face] > 0) {
      return plain[capture][face] - 1;
    }
    OptionalInt index = cooked ? cookedIndex(reader) : OptionalInt.empty();
    TapKey key = new TapKey(capture, face, index);
    Integer known = numbers.get(key);
    int number = known != null ? known : add(key, reader.interfaceAt(face));
    if (!cooked) {
      remember(capture, face, number);
    }
    return number;
  }

  private void remember(int capture, int face, int number) {
    if (face >= plain[capture].length) {
      plain[capture] = Arrays.copyOf(plain[capture], face + 4);
    }
    plain[capture][face] = number + 1;
  }

  /** The interface index in a cooked header of version 2. */
  private static OptionalInt cookedIndex(CaptureReader reader) {
    if (reader.captured() < COOKED_INDEX + 4) {
      return OptionalInt.empty();
    }
    int at = reader.frameOffset() + COOKED_INDEX;
    byte[] bytes = reader.buffer();
    int index =
        (bytes[at] & 0xff) << 24
            | (bytes[at + 1] & 0xff) << 16
            | (bytes[at + 2] & 0xff) << 8
            | (bytes[at + 3] & 0xff);
    return OptionalInt.of(index);
  }

  private int add(TapKey key, CaptureInterface face) {
    int number = taps.size();
    numbers.put(key, number);
    Tap tap = tap(key, face);
    taps.add(tap);
    keys.add(key);
    List<Integer> here = places.computeIfAbsent(tap.at(), _ -> new ArrayList<>());
    // A guess may be wrong: it stands for nothing but itself.
    boolean together = tap.isSure() && !here.isEmpty() && taps.get(here.getFirst()).isSure();
    firsts.add(together ? here.getFirst() : number);
    ordinals.add(together ? here.size() : 0);
    if (together || here.isEmpty()) {
      here.add(number);
    }
    return number;
  }

  /** The tap that stands for the place of this one: the first of a ring buffer's files. */
  public int first(int number) {
    return firsts.get(number);
  }

  /**
   * The number of a frame among all that were captured at one place: its number in its capture, and
   * above bit 40 which of the place's captures that is.
   */
  public long frame(int number, long frame) {
    return (long) ordinals.get(number) << FRAME_BITS | frame;
  }

  private Tap tap(TapKey key, CaptureInterface face) {
    CaptureFile file = files.get(key.capture());
    Tap tap = named(file, face);
    TapKey whole = new TapKey(key.capture(), key.interfaceIndex(), OptionalInt.empty());
    Tap known = tap.isSure() ? tap : Optional.ofNullable(guesses.get(whole)).orElse(tap);
    return key.index().isPresent() ? indexed(known, key.index().getAsInt()) : known;
  }

  /** Whether something other than its frames says where the reader's current frame was captured. */
  public boolean isNamed(int capture, CaptureReader reader) {
    return named(files.get(capture), reader.interfaceAt(reader.interfaceIndex())).isSure();
  }

  /** The file of a capture. */
  public CaptureFile file(int capture) {
    return files.get(capture);
  }

  private Tap named(CaptureFile file, CaptureInterface face) {
    Optional<TapName> own = TapName.parse(face.name());
    Optional<TapName> said =
        Optional.ofNullable(told.get(file.shown()))
            .or(() -> Optional.ofNullable(told.get(String.valueOf(file.path().getFileName()))));
    if (said.isPresent()) {
      return tap(said.get(), Placement.TOLD, file);
    }
    if (own.isPresent()) {
      return tap(own.get(), Placement.INTERFACE, file);
    }
    Optional<TapName> path =
        file.name().filter(name -> file.convincing() || nodes.contains(name.place().node()));
    if (path.isPresent()) {
      boolean several = !face.name().isEmpty() && !face.name().equals("any");
      String device = several ? face.name() : path.get().device();
      return tap(new TapName(path.get().place(), device), Placement.PATH, file);
    }
    String device = face.name().isEmpty() ? "?" : face.name();
    return tap(
        new TapName(new NamespaceId(Tap.NOWHERE, file.shown()), device), Placement.NONE, file);
  }

  private static Tap tap(TapName name, Placement placement, CaptureFile file) {
    return new Tap(name.place(), name.device(), placement, file.shown());
  }

  /** The device with this index in the tap's namespace. */
  private Tap indexed(Tap any, int index) {
    Optional<String> device =
        snapshot
            .namespace(any.place())
            .links()
            .devices()
            .first(known -> known.index().equals(OptionalInt.of(index)))
            .map(Device::name);
    Placement placement =
        device.isEmpty() ? Placement.NONE : any.isSure() ? Placement.INDEX : any.placement();
    return new Tap(any.place(), device.orElse("index " + index), placement, any.capture());
  }

  /** The taps whose frames were met so far. */
  public List<Tap> taps() {
    return List.copyOf(taps);
  }

  public Tap tap(int number) {
    return taps.get(number);
  }

  /** The clock that this capture was taken with, by the first of its taps. */
  public String clockOf(int capture) {
    for (int tap = 0; tap < taps.size(); tap++) {
      if (keys.get(tap).capture() == capture) {
        return taps.get(tap).clock();
      }
    }
    return files.get(capture).name().map(name -> name.place().node()).orElse(Tap.NOWHERE);
  }

  /** Which interface of which capture a tap is. */
  public TapKey key(int number) {
    return keys.get(number);
  }

  public int count() {
    return taps.size();
  }

  /** Makes the taps of interfaces that have no frame at all, which are taps all the same. */
  public void addSilent(int capture, CaptureReader reader) {
    List<CaptureInterface> faces = reader.interfaces();
    for (int face = 0; face < faces.size(); face++) {
      boolean cooked = faces.get(face).linkType().equals(LinkType.LINUX_COOKED_2);
      TapKey key = new TapKey(capture, face, OptionalInt.empty());
      if (!cooked && !numbers.containsKey(key)) {
        remember(capture, face, add(key, faces.get(face)));
      }
    }
  }
}
