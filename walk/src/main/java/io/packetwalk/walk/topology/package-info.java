/** What is connected with what: cables, segments, owners of addresses. */
package io.packetwalk.walk.topology;
