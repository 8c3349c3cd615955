/**
 * Where captures were taken: taps, the files that say where they are, and reading them together.
 */
package io.packetwalk.capture.tap;
