/** Packets recognised in captures, against what really became of them. */
package io.packetwalk.proof.observed;
