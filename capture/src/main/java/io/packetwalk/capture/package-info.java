/** Capture files: where they are, how they are compressed, and what is counted over all of them. */
package io.packetwalk.capture;
