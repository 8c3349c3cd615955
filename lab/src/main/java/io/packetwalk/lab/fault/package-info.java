/** What can be broken in a practice cluster, what somebody notices of it, and how it is mended. */
package io.packetwalk.lab.fault;
