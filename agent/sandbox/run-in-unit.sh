#!/bin/sh
# Run systemd-run as a program that can be ended like any other: SIGTERM to this ends the unit, which systemd-run itself
# would leave running.
#   run-in-unit.sh UNIT SYSTEMD-RUN-ARGUMENT…
set -u
unit=$1
shift

# What runs in the background is given no standard input but another name of it.
exec 3<&0
(
  trap '' TERM INT HUP
  exec systemd-run --unit="$unit" "$@"
) <&3 3<&- &
runner=$!
# The unit may not be there yet. When it has ended, so does systemd-run.
trap 'while kill -0 "$runner" 2>/dev/null; do systemctl --quiet stop "$unit" 2>/dev/null || sleep 0.1; done' TERM INT HUP
wait "$runner"
status=$?
# A signal ends the waiting, and not what is waited for.
while kill -0 "$runner" 2>/dev/null; do
  wait "$runner"
  status=$?
done
exit "$status"
