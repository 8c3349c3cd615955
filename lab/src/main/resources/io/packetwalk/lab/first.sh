# The first process of a practice cluster's namespaces: builds the cluster and stays.
#
#   first.sh FOLDER
folder=$1
mount -t tmpfs -o mode=755 tmpfs /run && mkdir -p /run/netns /run/lock /run/lab || exit 1
hostname lab
ip link set lo up
bash "$folder/build.sh" >"$folder/build.log" 2>&1 </dev/null
echo $? >"$folder/built.new"
mv "$folder/built.new" "$folder/built"
exec sleep infinity
