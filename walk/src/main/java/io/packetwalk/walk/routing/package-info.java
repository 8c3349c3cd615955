/** Routing: policy rules, tables, source addresses. */
package io.packetwalk.walk.routing;
