/** Reads what {@code nft list} prints, as text and as JSON. */
package io.packetwalk.read.command.nft;
