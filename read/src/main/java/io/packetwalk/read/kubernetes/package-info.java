/** The readers of {@code kubectl} and {@code calicoctl}, and of the objects that they print. */
package io.packetwalk.read.kubernetes;
