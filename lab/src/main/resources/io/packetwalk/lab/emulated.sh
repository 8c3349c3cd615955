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
$b mount -t 9p -o "ro,cache=loose,$options" host /root || $b poweroff -f
number=0
IFS=,
for folder in $PACKETWALK_WRITABLE; do
  # What either side writes, the other sees at once.
  $b mount -t 9p -o "cache=none,$options" "writable$number" "/root$folder" || $b poweroff -f
  number=$((number + 1))
done
unset IFS
$b umount /proc
exec $b switch_root /root /bin/bash "$PACKETWALK_FOLDER/box.sh"
