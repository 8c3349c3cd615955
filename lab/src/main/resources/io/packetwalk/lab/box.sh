#!/bin/bash
# The first process of a kernel of its own, whose root is the host's file system: makes it fit for a
# practice cluster, builds that, and carries commands into it.
#
#   box.sh, started by the kernel, with PACKETWALK_FOLDER, the lab's folder; PACKETWALK_MODULES, modules
#   to load; PACKETWALK_MODULES_AT, where they are; PACKETWALK_FILTER, "legacy" where nf_tables won't do
folder=$PACKETWALK_FOLDER
# Where nobody but a plain user is the owner of everything, a program that takes its owner's rights (mount) would lose its own.
if [ -z "$PACKETWALK_BOX" ]; then PACKETWALK_BOX=1 exec setpriv --no-new-privs bash "$0"; fi
export PATH=/run/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
export PACKETWALK_BOX=1
mount -t proc proc /proc && mount -t sysfs sys /sys || exit 1
if [ -d /run/near ]; then
  # Programs and libraries in memory, where those of the host are far.
  export PATH=/run/bin:/run/near/bin:${PATH#*:} LD_LIBRARY_PATH=/run/near/lib
else
  mount -t tmpfs -o mode=755 tmpfs /run || exit 1
fi
mount -t devtmpfs dev /dev 2>/dev/null
# For shells that somebody sits at.
mkdir -p /dev/pts /run/netns /run/lock /run/lab /run/bin /run/modules/lib /run/openvswitch
mount -t devpts -o ptmxmode=666 devpts /dev/pts
[ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd
echo lab >/proc/sys/kernel/hostname

# The kernel finds its modules where the host has them, without a folder that the host would need.
ln -s "$PACKETWALK_MODULES_AT" /run/modules/lib/modules
printf '#!/bin/sh\nexec modprobe -d /run/modules "$@"\n' >/run/bin/load-module
chmod +x /run/bin/load-module
echo /run/bin/load-module >/proc/sys/kernel/modprobe
/run/bin/load-module -a veth bridge br_netfilter ip_set xt_set ${PACKETWALK_MODULES//,/ }
# What the packet filter asks for one by one, which is dear here: a program for each.
if [ "$PACKETWALK_FILTER" = legacy ]; then
  rules="iptable_nat iptable_filter iptable_mangle iptable_raw"
else
  rules="nf_tables nft_compat nft_chain_nat"
fi
/run/bin/load-module -qa $rules ip_set_hash_net ip_set_hash_ip xt_comment xt_mark xt_conntrack xt_nat xt_MASQUERADE \
  xt_addrtype xt_tcpudp xt_statistic xt_multiport xt_CT nfnetlink_cttimeout 2>/dev/null &

# The nf_tables of User Mode Linux knows no rules for IP.
if [ "$PACKETWALK_FILTER" = legacy ]; then
  for family in iptables ip6tables; do
    for verb in "" -save -restore; do ln -s "/usr/sbin/$family-legacy$verb" "/run/bin/$family$verb"; done
  done
fi

ip link set lo up
# It takes as long to start as much of the cluster does, and looks for commands when that is built.
mkfifo /run/built
python3 "$folder/agent.py" carry "$folder/commands" /run/built >"$folder/carry.log" 2>&1 </dev/null &
bash "$folder/build.sh" >"$folder/build.log" 2>&1 </dev/null
echo $? >"$folder/built.new"
: >/run/built
mv "$folder/built.new" "$folder/built"
wait
