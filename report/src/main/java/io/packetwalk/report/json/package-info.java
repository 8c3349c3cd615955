/** JSON as docs/trace.schema.json describes it, written as a stream. */
package io.packetwalk.report.json;
