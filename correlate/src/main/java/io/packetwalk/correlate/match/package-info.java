/** The recognition of one packet in the captures of many places, as they stream by. */
package io.packetwalk.correlate.match;
