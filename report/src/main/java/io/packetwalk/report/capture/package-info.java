/** Captured packets as text and as JSON. */
package io.packetwalk.report.capture;
