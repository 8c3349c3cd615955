/** Text for a terminal: coloured, wrapped to a width, and safe to print whatever is in it. */
package io.packetwalk.report.text;
