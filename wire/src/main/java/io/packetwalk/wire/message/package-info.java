/** What the control plane says in a packet's payload: DNS, DHCP, BGP and neighbour discovery. */
package io.packetwalk.wire.message;
