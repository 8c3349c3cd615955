package io.packetwalk.read.transcript;

import java.util.Optional;

/** A tool's way of writing down what it collected: which file holds which command's output. */
interface Bundle {
  /** What the file holds; empty when it isn't one of this bundle's. */
  Optional<BundledFile> file(BundlePath path);
}
