/** Capture files: the pcap and pcapng formats. */
package io.packetwalk.wire.capture;
