/** Taps: running captures at devices, wherever these are. */
package io.packetwalk.gather.tap;
