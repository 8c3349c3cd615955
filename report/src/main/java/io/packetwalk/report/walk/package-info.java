/** A walk as text: the headline, the picture of the way, and the steps with their evidence. */
package io.packetwalk.report.walk;
