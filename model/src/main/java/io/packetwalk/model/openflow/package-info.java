/** What an Open vSwitch decides by: bridges, ports, OpenFlow tables, groups, meters. */
package io.packetwalk.model.openflow;
