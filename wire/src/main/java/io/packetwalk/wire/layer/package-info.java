/** The header layers of a packet, as values, with their decoding and encoding. */
package io.packetwalk.wire.layer;
