/** What a state itself shows of packets that were sent: pings and lines of tcpdump. */
package io.packetwalk.walk.seen;
