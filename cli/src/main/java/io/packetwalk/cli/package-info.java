/** The commands of {@code packetwalk}: what each reads, writes and exits with. */
package io.packetwalk.cli;
