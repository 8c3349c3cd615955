/** Filters: which frames of a capture are looked at. */
package io.packetwalk.capture.filter;
