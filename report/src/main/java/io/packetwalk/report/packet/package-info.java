/** Packets in words: their headers, how these are nested, and what changes on the way. */
package io.packetwalk.report.packet;
