/** The reading of a state: files to transcripts, transcripts to commands, commands to the model. */
package io.packetwalk.read;
