/** What captures show beside what was predicted, as text and as JSON. */
package io.packetwalk.report.correlation;
