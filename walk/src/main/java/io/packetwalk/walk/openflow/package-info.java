/** Open vSwitch: what a packet meets in the flow tables of its bridges, and where it comes out. */
package io.packetwalk.walk.openflow;
