package io.packetwalk.wire.decode;

/**
 * Where each header of one frame is: the result of a {@link Dissector}, in arrays that are used
 * again for the next frame, so that nothing is allocated.
 *
 * <p>Offsets are positions in {@link #bytes()}, which belongs to the caller. Layer 0 is the
 * outermost. The content of a layer ends at its {@link #end}; where that is before the end of the
 * layer around it, what remains is a trailer.
 */
public final class Dissection {
  /** More headers than this aren't followed. */
  public static final int MAXIMUM_DEPTH = 40;

  private static final int MAXIMUM_FAULTS = 16;

  private byte[] bytes = new byte[0];
  private int start;
  private int captured;
  private int original;

  private int count;
  private final LayerKind[] kinds = new LayerKind[MAXIMUM_DEPTH];
  private final int[] offsets = new int[MAXIMUM_DEPTH];
  private final int[] headers = new int[MAXIMUM_DEPTH];
  private final int[] ends = new int[MAXIMUM_DEPTH];
  private long guessed;

  private int faultCount;
  private final Fault.Reason[] reasons = new Fault.Reason[MAXIMUM_FAULTS];
  private final LayerKind[] faultKinds = new LayerKind[MAXIMUM_FAULTS];
  private final int[] faultOffsets = new int[MAXIMUM_FAULTS];
  private final long[] required = new long[MAXIMUM_FAULTS];
  private final long[] available = new long[MAXIMUM_FAULTS];

  // The cursor of the dissector.
  int position;
  int limit;
  boolean quoted;
  boolean fragment;
  boolean guessNext;
  int protocol;
  int network;
  int transport;

  /** An empty dissection, to be filled by a dissector. */
  public Dissection() {}

  void begin(byte[] frame, int offset, int capturedLength, int originalLength) {
    bytes = frame;
    start = offset;
    captured = capturedLength;
    original = originalLength;
    count = 0;
    guessed = 0;
    faultCount = 0;
    position = offset;
    limit = offset + capturedLength;
    quoted = false;
    fragment = false;
    guessNext = false;
    protocol = 0;
    network = -1;
    transport = -1;
  }

  /** Records a header at the cursor and moves the cursor behind it. */
  void add(LayerKind kind, int headerLength) {
    kinds[count] = kind;
    offsets[count] = position;
    headers[count] = headerLength;
    ends[count] = limit;
    if (guessNext) {
      guessed |= 1L << count;
      guessNext = false;
    }
    count++;
    position += headerLength;
  }

  /** Makes a recorded header longer by what is at the cursor. */
  void extend(int layer, int length) {
    headers[layer] += length;
    position += length;
  }

  /** Ends the content of the innermost layer where its header says, if that is possible. */
  void claim(long length) {
    int at = offsets[count - 1];
    int there = limit - at;
    if (length < there) {
      limit = at + (int) length;
      ends[count - 1] = limit;
    } else if (length > there && !quoted && !fragment) {
      fault(beyond(at, length), kinds[count - 1], at, length, there);
    }
  }

  /** Records that a header doesn't fit; the rest stays payload. */
  LayerKind missing(LayerKind kind, int length) {
    if (!quoted) {
      fault(beyond(position, length), kind, position, length, available());
    }
    return LayerKind.PAYLOAD;
  }

  /** Records that a transport header doesn't fit or contradicts itself. */
  LayerKind partial() {
    return available() > 0 ? LayerKind.PARTIAL : LayerKind.PAYLOAD;
  }

  private Fault.Reason beyond(int at, long length) {
    boolean cut =
        captured < original && limit == start + captured && at - start + length <= original;
    return cut ? Fault.Reason.CUT_BY_CAPTURE : Fault.Reason.BEYOND_END;
  }

  void fault(Fault.Reason reason, LayerKind kind, int at, long needed, long there) {
    if (faultCount == MAXIMUM_FAULTS) {
      return;
    }
    reasons[faultCount] = reason;
    faultKinds[faultCount] = kind;
    faultOffsets[faultCount] = at - start;
    required[faultCount] = needed;
    available[faultCount] = there;
    faultCount++;
  }

  int available() {
    return limit - position;
  }

  boolean isFull() {
    return count == MAXIMUM_DEPTH;
  }

  /** The array that the frame is in. */
  public byte[] bytes() {
    return bytes;
  }

  /** The unsigned byte at a position in the array. */
  public int byteAt(int position) {
    return Octets.byteAt(bytes, position);
  }

  /** The unsigned number of two bytes in network order at a position in the array. */
  public int shortAt(int position) {
    return Octets.shortAt(bytes, position);
  }

  /** The number of four bytes in network order at a position in the array. */
  public int intAt(int position) {
    return Octets.intAt(bytes, position);
  }

  /** The number of eight bytes in network order at a position in the array. */
  public long longAt(int position) {
    return Octets.longAt(bytes, position);
  }

  /** Where the frame begins in the array. */
  public int start() {
    return start;
  }

  /** How many bytes of the frame there are. */
  public int captured() {
    return captured;
  }

  /** How many bytes the frame had on the wire. */
  public int original() {
    return original;
  }

  /** How many headers were found. */
  public int count() {
    return count;
  }

  public LayerKind kind(int layer) {
    return kinds[layer];
  }

  /** Where the layer's header begins in the array. */
  public int offset(int layer) {
    return offsets[layer];
  }

  /** In bytes, with options. */
  public int headerLength(int layer) {
    return headers[layer];
  }

  /** Where the layer's content ends in the array, exclusive. */
  public int end(int layer) {
    return ends[layer];
  }

  /** Whether the layer was recognised by its bytes alone. */
  public boolean isGuess(int layer) {
    return (guessed >>> layer & 1) != 0;
  }

  /** Where the bytes behind the last header begin in the array. */
  public int payloadOffset() {
    return position;
  }

  /** Where the bytes behind the last header end in the array, exclusive. */
  public int payloadEnd() {
    return limit;
  }

  /** The index of the innermost IP header that isn't quoted by an error message; -1 without any. */
  public int network() {
    return network;
  }

  /** The index of the innermost transport header that isn't quoted; -1 without any. */
  public int transport() {
    return transport;
  }

  public int faultCount() {
    return faultCount;
  }

  /** The fault with this index, in the order in which they were found. */
  public Fault fault(int index) {
    return new Fault(
        reasons[index], faultKinds[index], faultOffsets[index], required[index], available[index]);
  }
}
