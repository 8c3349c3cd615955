/** Findings: the probable cause of a loss in words, its evidence, and its remedy. */
package io.packetwalk.explain;
