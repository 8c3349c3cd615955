package io.packetwalk.capture.filter;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** The few functions of libpcap (pcap(3)) that compile and run a filter. */
final class PcapLibrary {
  /** The size of struct pcap_pkthdr: a time of two words, captured length, length. */
  static final int PACKET_HEADER = 24;

  private static final int PROGRAM = 16;
  private static final int SNAP_LENGTH = 262_144;
  private static final int LONGEST_MESSAGE = 256;
  private static final int ANY_NETMASK = -1;
  private static final List<String> NAMES =
      List.of("libpcap.so.1", "libpcap.so.0.8", "libpcap.so", "libpcap.dylib");

  private final MethodHandle openDead;
  private final MethodHandle compile;
  private final MethodHandle errorText;
  private final MethodHandle offlineFilter;

  // The message's length isn't known to Java: the library says how long it may be.
  @SuppressWarnings("restricted")
  private PcapLibrary(SymbolLookup symbols) {
    AddressLayout text =
        ADDRESS.withTargetLayout(
            MemoryLayout.sequenceLayout(LONGEST_MESSAGE, ValueLayout.JAVA_BYTE));
    openDead =
        function(symbols, "pcap_open_dead", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT));
    compile =
        function(
            symbols,
            "pcap_compile",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    errorText = function(symbols, "pcap_geterr", FunctionDescriptor.of(text, ADDRESS));
    offlineFilter =
        function(
            symbols,
            "pcap_offline_filter",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
  }

  // Calling a C library is what this class is for.
  @SuppressWarnings("restricted")
  private static MethodHandle function(
      SymbolLookup symbols, String name, FunctionDescriptor descriptor) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor);
  }

  /** The library, when this machine has it. */
  static Optional<PcapLibrary> load() {
    for (String name : NAMES) {
      Optional<PcapLibrary> library = load(name);
      if (library.isPresent()) {
        return library;
      }
    }
    return Optional.empty();
  }

  // Calling a C library is what this class is for.
  @SuppressWarnings("restricted")
  private static Optional<PcapLibrary> load(String name) {
    try {
      return Optional.of(new PcapLibrary(SymbolLookup.libraryLookup(name, Arena.global())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** A compiled program, which lives as long as the arena. */
  MemorySegment compile(Arena arena, int linkType, String expression) throws FilterSyntaxException {
    MemorySegment program = arena.allocate(PROGRAM, 8);
    try {
      MemorySegment handle = (MemorySegment) openDead.invokeExact(linkType, SNAP_LENGTH);
      int status =
          (int)
              compile.invokeExact(handle, program, arena.allocateFrom(expression), 1, ANY_NETMASK);
      if (status != 0) {
        MemorySegment message = (MemorySegment) errorText.invokeExact(handle);
        throw new FilterSyntaxException(message.getString(0));
      }
      return program;
    } catch (FilterSyntaxException | RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  boolean matches(MemorySegment program, MemorySegment header, MemorySegment frame) {
    try {
      return (int) offlineFilter.invokeExact(program, header, frame) != 0;
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }
}
