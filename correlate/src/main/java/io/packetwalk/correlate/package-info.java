/** What was seen of packets beside what was predicted for them. */
package io.packetwalk.correlate;
