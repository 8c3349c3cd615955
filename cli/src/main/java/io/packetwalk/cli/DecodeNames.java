package io.packetwalk.cli;

import io.packetwalk.wire.IpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The names that a state gives to the addresses in captures. */
final class DecodeNames {
  private DecodeNames() {}

  static Function<IpAddress, Optional<String>> of(Optional<Path> state) throws IOException {
    return _ -> Optional.empty();
  }
}
