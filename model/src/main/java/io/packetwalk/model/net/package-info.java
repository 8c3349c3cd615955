/** What a Linux network namespace holds: devices, addresses, routes, rules, neighbours. */
package io.packetwalk.model.net;
