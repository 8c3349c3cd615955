#!/bin/busybox sh
# The first process of an emulated machine: reaches the host's file system, which it can only read but for a
# few folders, and goes on there.
#
#   emulated.sh, started by the kernel, with PACKETWALK_FOLDER, the lab's folder; PACKETWALK_WRITABLE, what can
#   be written to, with commas between
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t devtmpfs dev /dev
while read -r module; do $b insmod "/mod/$module"; done </mod/order
options=trans=virtio,version=9p2000.L,msize=512000
$b mount -t 9p -o "ro,cache=loose,$options" host /host || $b poweroff -f
# The root is a folder in memory, since each look at a link of the host's (/lib, /sbin) is a question to the host.
$b mount -t tmpfs -o mode=755 tmpfs /root
for entry in /host/*; do
  place=/root/${entry#/host/}
  if [ -L "$entry" ]; then
    $b cp -P "$entry" "$place"
  elif [ -d "$entry" ]; then
    $b mkdir "$place"
    case $entry in
    /host/proc | /host/sys | /host/dev | /host/run) ;;
    *) $b mount -o bind "$entry" "$place" ;;
    esac
  fi
done
# What starts often (NearFiles says what) is in memory, too.
$b mount -t tmpfs -o mode=755 tmpfs /root/run
$b mv /near /root/run/near
number=0
IFS=,
for folder in $PACKETWALK_WRITABLE; do
  [ -d "/root$folder" ] || $b mkdir -p "/root$folder"
  # What either side writes, the other sees at once.
  $b mount -t 9p -o "cache=none,$options" "writable$number" "/root$folder" || $b poweroff -f
  number=$((number + 1))
done
unset IFS
$b umount /proc
exec $b switch_root /root /bin/bash "$PACKETWALK_FOLDER/box.sh"
