/** What captures show as a whole: flows and their paths, delays, losses and clocks. */
package io.packetwalk.correlate.survey;
