/** The values that travel in packets: addresses, prefixes, ports, marks and identifiers. */
package io.packetwalk.wire;
