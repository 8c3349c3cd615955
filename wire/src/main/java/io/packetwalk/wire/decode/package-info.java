/** From bytes to packets and back: dissection, decoding, encoding, checksums and faults. */
package io.packetwalk.wire.decode;
