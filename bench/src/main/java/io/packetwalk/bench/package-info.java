/** Measurements of the decoder. */
@NullMarked
package io.packetwalk.bench;

import org.jspecify.annotations.NullMarked;
