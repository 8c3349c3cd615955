/** The snapshot: everything that a state says, each element with its source. */
package io.packetwalk.model;
