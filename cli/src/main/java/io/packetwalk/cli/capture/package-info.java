/** Live captures: the taps that a prediction asks for, and what is noted beside them. */
package io.packetwalk.cli.capture;
