/** The rendering of a walk as text and as JSON, and of what a state contains. */
package io.packetwalk.report;
