/** How far the clocks of nodes are apart, as the packets between them show it. */
package io.packetwalk.correlate.clock;
