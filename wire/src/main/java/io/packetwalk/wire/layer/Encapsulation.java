package io.packetwalk.wire.layer;

/** A header that carries another packet, of the kinds that pod networks use less often. */
public sealed interface Encapsulation extends Layer
    permits AuthenticationHeader, Erspan, Esp, Gtp, Gue, Nsh, Stt, WireGuard {}
