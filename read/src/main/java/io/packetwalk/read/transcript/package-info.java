/** Text files taken apart into commands, each with the place it ran at and its output. */
package io.packetwalk.read.transcript;
