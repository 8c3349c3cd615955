/** The walk of a packet through a snapshot: hops, steps, verdict and assumptions. */
package io.packetwalk.walk;
