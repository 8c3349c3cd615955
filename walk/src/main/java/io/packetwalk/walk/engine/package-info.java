/** The walk itself: a packet through devices, stacks and the network between nodes. */
package io.packetwalk.walk.engine;
