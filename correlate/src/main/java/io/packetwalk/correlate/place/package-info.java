/** Where captures were taken that don't say it, by what is in them. */
package io.packetwalk.correlate.place;
