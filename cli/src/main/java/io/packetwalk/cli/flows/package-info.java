/** Many questions at once: lines of JSON in, lines of JSON out. */
package io.packetwalk.cli.flows;
