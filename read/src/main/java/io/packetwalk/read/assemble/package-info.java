/** The folding of facts, in the order in which they were shown, to one snapshot. */
package io.packetwalk.read.assemble;
