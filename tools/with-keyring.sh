#!/bin/sh
# Run a command in a D-Bus session of its own with an unlocked keyring and an empty home: a real secret service that
# knows nothing of the user's and leaves nothing behind. The display is put aside, so that no prompt can wait on it.
#   with-keyring.sh COMMAND [ARGUMENT…]
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
env -u DISPLAY -u WAYLAND_DISPLAY HOME="$home" XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config" \
  XDG_CACHE_HOME="$home/cache" XDG_RUNTIME_DIR="$home/run" \
  RESTORE_CONSOLE_KEYRING=private RESTORE_CONSOLE_DISPLAY="${DISPLAY:-}" \
  dbus-run-session -- sh -c '
    printf "x\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    exec "$@"
  ' sh "$@"
