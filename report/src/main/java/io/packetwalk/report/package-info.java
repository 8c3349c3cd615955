/** Walks and states as text for people and as JSON for programs. */
package io.packetwalk.report;
