package io.packetwalk.cli;

import io.packetwalk.read.StateReader;
import io.packetwalk.report.Names;
import io.packetwalk.wire.IpAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The names that a state gives to the addresses in captures. */
final class DecodeNames {
  private DecodeNames() {}

  static Function<IpAddress, Optional<String>> of(Optional<Path> state) {
    if (state.isEmpty()) {
      return _ -> Optional.empty();
    }
    Names names = new Names(StateReader.read(StateOptions.load(state.get())));
    return names::of;
  }
}
