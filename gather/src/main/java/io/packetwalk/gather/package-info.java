/** What is known of running nodes: commands, their transcripts, and the state made of them. */
package io.packetwalk.gather;
