# A network of its own, with processes of its own: namespace a - this machine - namespace b.
#
#   own-network.sh PREPARATION COMMAND…
#
# Runs the command, and says afterwards how many tcpdumps and traces are left of it.
mount -t tmpfs none /run/netns 2>/dev/null || { mkdir -p /run/netns && mount -t tmpfs none /run/netns; } || exit 77
sysctl -qw net.ipv4.ip_forward=1
for name in a b; do
  ip netns add $name || exit 77
  ip link add ${name}0 type veth peer name eth0 netns $name || exit 77
  ip link set ${name}0 up
  ip netns exec $name ip link set lo up
  ip netns exec $name ip link set eth0 up
done
ip link set lo up
ip addr add 10.9.1.1/24 dev a0
ip addr add 10.9.2.1/24 dev b0
ip netns exec a ip addr add 10.9.1.2/24 dev eth0
ip netns exec a ip route add default via 10.9.1.1
ip netns exec b ip addr add 10.9.2.2/24 dev eth0
ip netns exec b ip route add default via 10.9.2.1
eval "$1"
shift
"$@"
status=$?
for try in 1 2 3 4 5 6 7 8 9 10; do
  left=$(cat /proc/[0-9]*/comm 2>/dev/null | grep -cE '^(tcpdump|conntrack|cat)$')
  [ "$left" -eq 1 ] && break
  sleep 0.5
done
# The one that is left lists them.
echo "left: $((left - 1))"
exit $status
