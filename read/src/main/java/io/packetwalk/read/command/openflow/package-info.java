/** Readers of what Open vSwitch's commands print: flows, groups, ports, tables of the database. */
package io.packetwalk.read.command.openflow;
