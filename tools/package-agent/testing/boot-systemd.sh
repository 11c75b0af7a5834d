#!/bin/sh
# Boot systemd as the first process of namespaces of its own, with folders of its own in place of those that an
# installation writes to. $1 is a folder that both sides see; $2 a control group of its own.
set -eu
if [ "${3:-}" != inside ]; then
  echo $$ >"$2/cgroup.procs"
  exec unshare --mount --pid --fork --kill-child --mount-proc --uts --ipc --net --cgroup sh "$0" "$1" "$2" inside
fi
shared=$1
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p "$shared/layers"
mount -t tmpfs tmpfs "$shared/layers"
for folder in etc opt srv var usr/local; do
  mkdir -p "$shared/layers/$folder/upper" "$shared/layers/$folder/work"
  mount -t overlay -o "lowerdir=/$folder,upperdir=$shared/layers/$folder/upper,workdir=$shared/layers/$folder/work" \
    overlay "/$folder"
done
# Of this machine's own units none is to start.
mount -t tmpfs tmpfs /etc/systemd/system
umount -R /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 /sys/fs/cgroup
exec env -i PATH="$PATH" container=restore-console SYSTEMD_UNIT_PATH="$shared/units:/etc/systemd/system" \
  /lib/systemd/systemd --system --unit=booted.target --show-status=no --log-target=console
