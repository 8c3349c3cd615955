/** One reader for each command. */
package io.packetwalk.read.command;
