/** What a state holds, for people and for programs. */
package io.packetwalk.report.state;
