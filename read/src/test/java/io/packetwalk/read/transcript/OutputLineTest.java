package io.packetwalk.read.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-bash: conntrack: command not found",
        "bash: line 1: ovs-ofctl: command not found",
        "sh: 1: ip: not found",
        "sh: can't execute 'ip': No such file or directory",
        "/bin/sh: ip: Permission denied",
        "zsh: command not found: ovs-vsctl",
        "sudo: ovs-vsctl: command not found",
        "Command 'conntrack' not found, but can be installed with:",
        "sudo: a password is required",
        "cat: /proc/net/nf_conntrack: No such file or directory",
        "ls: cannot access '/host/cni': No such file or directory",
        "error: You must be logged in to the server (Unauthorized)",
        "error: the server doesn't have a resource type \"networkpolicys\"",
        "error: unable to upgrade connection: container not found (\"antrea-ovs\")",
        "Error from server (NotFound): pods \"antrea-agent-x7k2p\" not found",
        "Error from server (Forbidden): nodes is forbidden: User \"jane\" cannot list resource"
            + " \"nodes\"",
        "Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout",
        "The connection to the server localhost:8080 was refused - did you specify the right host"
            + " or port?",
        "command terminated with exit code 126",
        "OCI runtime exec failed: exec failed: unable to start container process: exec: \"ip\":"
            + " executable file not found in $PATH: unknown",
        "error: Internal error occurred: error executing command in container: failed to exec",
        "ovs-ofctl: br-int is not a bridge or a socket",
        "ovs-ofctl: br-int: failed to connect to socket (Broken pipe)",
        "ovs-vsctl: unix:/var/run/openvswitch/db.sock: database connection failed (No such file or"
            + " directory)",
        "ovs-appctl: cannot connect to \"/var/run/openvswitch/ovs-vswitchd.12.ctl\" (No such file"
            + " or directory)",
        "iptables v1.8.7 (nf_tables): Could not fetch rule set generation id: Permission denied"
            + " (you must be root)",
        "iptables v1.8.4 (legacy): can't initialize iptables table `filter': Permission denied (you"
            + " must be root)",
        "Fatal: can't open lock file /run/xtables.lock: Permission denied",
        "Another app is currently holding the xtables lock. Perhaps you want to use the -w option?",
        "ipset v7.15: Kernel error received: Operation not permitted",
        "Operation not permitted (you must be root)",
        "netlink: Error: cache initialization failed: Operation not permitted",
        "conntrack v1.4.6 (conntrack-tools): Operation failed: Operation not permitted",
        "conntrack v1.4.6 (conntrack-tools): Operation failed: sorry, you must be root or get"
            + " CAP_NET_ADMIN capability to do this",
        "Can't open socket to ipset.",
        "birdc: Unable to connect to server control socket",
        "Unable to connect to server control socket (/run/bird/bird.ctl): No such file or"
            + " directory",
        "Unable to access interface: Operation not permitted",
        "Cannot get device feature names: No such device",
        "Device \"eth9\" does not exist.",
        "eth9: error fetching interface information: Device not found",
        "ifconfig: eth9: error fetching interface information: Device not found",
        "RTNETLINK answers: Operation not permitted",
        "Error: ipv4: FIB table does not exist.",
        "Cannot open netlink socket: Permission denied",
        "setting the network namespace \"cni-1\" failed: Invalid argument",
        "Cannot open network namespace \"cni-1\": No such file or directory",
        "nsenter: cannot open /proc/123/ns/net: No such file or directory",
        "antctl: error when getting endpoint",
        "Error: unknown command \"gt\" for \"antctl\"",
        "ssh: connect to host worker2 port 22: Connection refused",
        "root@worker2: Permission denied (publickey,password).",
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon"
            + " running?",
        "ip6tables-save v1.8.7 (legacy): Cannot initialize: Address family not supported by"
            + " protocol",
      })
  void words_of_a_command_that_could_not_do_its_work_are_a_failure(String line) {
    assertThat(OutputLine.of(line)).isEqualTo(OutputLine.FAILURE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.244.1.5 dev antrea-gw0 FAILED",
        " cookie=0x1, table=3, n_packets=0, priority=0 actions=drop",
        "    RX errors 0  dropped 0  overruns 0  frame 0",
        "[12:3456] -A INPUT -m comment --comment \"error: none, not found\" -j ACCEPT",
        "default via 10.0.0.1 dev eth0",
        "cpu=0   found=0 invalid=7 insert=0 insert_failed=0 drop=0 error=0",
        "unreachable default dev lo metric 4294967295 error -101 pref medium",
        "antrea-agent-x7k2p   1/2   Error   3   2d",
        "        error: \"could not open network device web-1 (No such device)\"",
        "NXST_FLOW reply (xid=0x4):",
      })
  void what_commands_print_of_failures_elsewhere_is_content(String line) {
    assertThat(OutputLine.of(line)).isEqualTo(OutputLine.CONTENT);
  }
}
