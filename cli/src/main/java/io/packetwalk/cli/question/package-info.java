/**
 * The question that a command line puts: its ends found in a state, and the packet between them.
 */
package io.packetwalk.cli.question;
