/** The guided walk through a practice cluster: what to look at, and what it means. */
package io.packetwalk.lab.tour;
