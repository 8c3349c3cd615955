/** netfilter: rules, address translation and connection tracking along a walk. */
package io.packetwalk.walk.netfilter;
