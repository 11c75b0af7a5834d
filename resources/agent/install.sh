#!/bin/sh
# Install the restore agent from the folder that this file is in, or remove it. Says each thing that it does.
set -eu
umask 022

usage() {
  cat <<'END'
install.sh [--dry-run] [--prefix DIR]
install.sh --uninstall [--purge] [--dry-run] [--prefix DIR]

Installs the restore agent on this host, or brings an installed one to this version, newer or older. It needs root.

      --dry-run     say what would be done, and do nothing
      --prefix DIR  put everything below DIR and leave systemd alone: to make a package, or to look at it; needs no root
      --uninstall   stop the agent and remove it; its configuration and its data stay
      --purge       with --uninstall: remove these too. What was restored is never removed.

Installed are /opt/restore-agent, /usr/local/bin/restore-agent and /etc/systemd/system/restore-agent.service; there will
be /etc/restore-agent/config.json, /var/lib/restore-agent and /var/restic-restore. Exit codes: 0 done, 1 not done and all
is as it was, 2 called in a way that is not known.
END
}

say() { printf '%s\n' "$*"; }
refuse() {
  printf 'install.sh: %s\n' "$*" >&2
  exit 1
}
misused() {
  printf 'install.sh: %s See "install.sh --help".\n' "$*" >&2
  exit 2
}

# What is to be done.

set_prefix() {
  prefix=${1%/}
  case $prefix in
    /*) ;;
    *) misused "--prefix wants the full path of a folder: $1." ;;
  esac
}

uninstall='' purge='' dry='' prefix=''
while [ $# -gt 0 ]; do
  case $1 in
    --help | -h) usage && exit 0 ;;
    --uninstall) uninstall=yes ;;
    --purge) purge=yes ;;
    --dry-run) dry=yes ;;
    --prefix)
      [ $# -ge 2 ] || misused '--prefix wants a folder.'
      shift
      set_prefix "$1"
      ;;
    --prefix=*) set_prefix "${1#--prefix=}" ;;
    *) misused "There is no argument $1." ;;
  esac
  shift
done
if [ -n "$purge" ] && [ -z "$uninstall" ]; then misused '--purge goes with --uninstall.'; fi

PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
home=$prefix/opt/restore-agent
mark=$home/.installed
program=$prefix/usr/local/bin/restore-agent
program_leads_to=/opt/restore-agent/current/bin/restore-agent
unit=$prefix/etc/systemd/system/restore-agent.service
config=$prefix/etc/restore-agent/config.json
data=$prefix/var/lib/restore-agent
restored=$prefix/var/restic-restore

there() { [ -e "$1" ] || [ -L "$1" ]; }

# do_it SENTENCE COMMAND…: say it and do it.
do_it() {
  say "${dry:+would: }$1"
  shift
  [ -n "$dry" ] || "$@"
}

has_systemd() { [ -z "$prefix" ] && [ -d /run/systemd/system ]; }
is_running() { has_systemd && systemctl --quiet is-active restore-agent.service; }

# Looking before anything is done.

check_host() {
  [ "$(uname -s)" = Linux ] || refuse "This package is for Linux, and this is $(uname -s)."
  if [ -n "$prefix" ]; then
    [ -d "$prefix" ] || refuse "--prefix: there is no folder $prefix."
  else
    [ "$(id -u)" = 0 ] || refuse 'It needs root: run it with sudo, or give --prefix to install somewhere else.'
  fi
}

check_ours() {
  if [ -L "$home" ] || { [ -e "$home" ] && [ ! -d "$home" ]; }; then refuse "$home is in the way: it is no folder."; fi
  if [ -d "$home" ] && [ ! -f "$mark" ] && [ -n "$(ls -A "$home")" ]; then
    refuse "$home was not made by this installer. Move it away first."
  fi
  if there "$program" && [ "$(readlink "$program" || true)" != "$program_leads_to" ]; then
    refuse "$program was not made by this installer. Move it away first."
  fi
  there "$unit" || return 0
  if [ -L "$unit" ] || ! head -n 1 "$unit" | grep -q '^# Installed by install.sh of restore-agent'; then
    refuse "$unit was not made by this installer. Move it away first."
  fi
}

# Edits to the unit itself would be lost, and a drop-in keeps them.
check_unit_unchanged() {
  there "$unit" || return 0
  for known in "$here/restore-agent.service" "$home"/*/restore-agent.service; do
    if cmp -s "$known" "$unit"; then return 0; fi
  done
  refuse "$unit was changed by hand. Put the changes into \"systemctl edit restore-agent\", remove the file, try again."
}

check_package() {
  for file in VERSION TARGET SHA256SUMS; do
    [ -r "$here/$file" ] || refuse "$here is not the whole package: unpack it again."
  done
  version=$(cat "$here/VERSION") target=$(cat "$here/TARGET")
  case $version in
    *[!0-9A-Za-z.+-]* | '' | .*) refuse "The version of this package is not understood: $version." ;;
  esac
  case $(uname -m) in
    x86_64) machine=linux-x64 ;;
    aarch64) machine=linux-arm64 ;;
    *) refuse "There is no package for this machine: $(uname -m)." ;;
  esac
  [ "$target" = "$machine" ] || refuse "This package is for $target, and this machine is $machine: take the other package."
  if grep -q -v -E '^[0-9a-f]{64}  [^/.][^ ]*$' "$here/SHA256SUMS" || grep -q -F '..' "$here/SHA256SUMS"; then
    refuse 'SHA256SUMS is not as it was made: unpack the package again.'
  fi
  is_whole "$here" || refuse "The package is damaged ($(damaged "$here")): unpack it again."
  name=$version-$(sha256sum "$here/SHA256SUMS" | cut -c 1-8)
}

is_whole() { (cd "$1" 2>/dev/null && sha256sum --check --strict --status SHA256SUMS 2>/dev/null); }
damaged() { (cd "$1" && LC_ALL=C sha256sum --check --quiet SHA256SUMS 2>/dev/null | cut -d : -f 1 | tr '\n' ' ' | sed 's/ $//'); }

# Its own reading of the configuration is the only one that counts: exit code 78 says that it is not understood.
check_package_runs() {
  "$here/lib/node" -e 'require(process.argv[1])' "$here/lib/agent/better-sqlite3.node" >/dev/null 2>&1 ||
    refuse 'What is in this package does not run here: it needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04, RHEL 9).'
  there "$config" || return 0
  if [ ! -f "$config" ] || [ ! -r "$config" ]; then refuse "$config cannot be read."; fi
  said=$("$here/bin/restore-agent" peers --config "$config" --data-directory /nonexistent 2>&1) || [ $? -ne 78 ] ||
    refuse "This version does not understand the configuration. ${said#restore-agent: }"
}

check_folders() {
  for folder in "$data" "$restored" "${config%/*}"; do
    if there "$folder" && [ ! -d "$folder" ]; then refuse "$folder is in the way: it is no folder."; fi
  done
  if [ -L "$data" ]; then refuse "$data is a link. Name the folder itself as \"dataDirectory\" in $config."; fi
}

# Doing it.

make_folder() {
  if [ "$1" = "$data" ] && [ -d "$1" ] && [ "$(stat -c %a "$1")" != 700 ]; then
    do_it "closed $1 to all but root" chmod 0700 "$1"
  elif [ -d "$1" ]; then
    say "already so: $1"
  else
    do_it "made $1, for root alone" make_private "$1"
  fi
}
make_private() {
  mkdir -p "${1%/*}"
  mkdir -m 0700 "$1"
}

copy_package() {
  if is_whole "$home/$name"; then
    say "already so: $home/$name"
    return 0
  fi
  do_it "copied version $version to $home/$name" copy_files
}
copy_files() {
  mkdir -p "$home"
  printf 'restore-agent was installed here by its install.sh, which removes it again: install.sh --uninstall\n' >"$mark"
  rm -rf "$home"/.new-*
  new=$home/.new-$$
  mkdir "$new"
  cut -c 67- "$here/SHA256SUMS" | while IFS= read -r file; do
    mkdir -p "$new/$(dirname "$file")"
    cp "$here/$file" "$new/$file"
    if [ -x "$here/$file" ]; then chmod 0755 "$new/$file"; else chmod 0644 "$new/$file"; fi
  done
  cp "$here/SHA256SUMS" "$new/SHA256SUMS"
  is_whole "$new" || refuse "What was copied to $home is not what was to be copied. Is the disk full?"
  # One that is there is damaged, or it would not be copied again.
  rm -rf "${home:?}/$name"
  mv "$new" "$home/$name"
  if [ -z "$prefix" ] && command -v restorecon >/dev/null; then restorecon -R "$home/$name"; fi
}

put_config() {
  if there "$config"; then
    say "already so: $config"
  else
    do_it "wrote $config, as a beginning" put_file "$here/config.json" "$config"
  fi
}

put_unit() {
  if cmp -s "$here/restore-agent.service" "$unit"; then
    say "already so: $unit"
  else
    do_it "wrote $unit" put_file "$here/restore-agent.service" "$unit"
  fi
}

# Whole or not at all, for whoever looks meanwhile.
put_file() {
  mkdir -p "${2%/*}"
  cp "$1" "$2.new-$$"
  chmod 0644 "$2.new-$$"
  mv -f "$2.new-$$" "$2"
}
put_link() {
  mkdir -p "${2%/*}"
  ln -s "$1" "$2.new-$$"
  mv -f -T "$2.new-$$" "$2"
}

switch_current() {
  if [ "$former" = "$name" ]; then
    say "already so: $home/current leads to $name"
  else
    do_it "switched $home/current to $name" put_link "$name" "$home/current"
  fi
}

put_program() {
  if [ -L "$program" ]; then
    say "already so: $program"
  else
    do_it "linked $program" put_link "$program_leads_to" "$program"
  fi
}

# The version before this one stays, to go back to.
forget_versions() {
  for folder in "$home"/*-????????; do
    if [ ! -f "$folder/SHA256SUMS" ] || [ -L "$folder" ]; then continue; fi
    case ${folder##*/} in "$name" | "$older") continue ;; esac
    do_it "removed $folder" rm -rf "$folder"
  done
}

restart() {
  has_systemd || return 0
  if [ -n "$unit_changed" ]; then do_it 'told systemd of the unit' systemctl daemon-reload; fi
  is_running || return 0
  if [ "$former" = "$name" ] && [ -z "$unit_changed" ]; then
    say 'already so: the agent runs'
    return 0
  fi
  # One that ends at once is told by systemctl, or only by its silence, as it happens.
  if do_it 'restarted the agent' systemctl restart restore-agent.service && { [ -n "$dry" ] || answers; }; then return 0; fi
  refuse 'The agent does not answer after the restart: see "journalctl -u restore-agent".'
}

# Whether the agent that was just started answers; it may take a while to open its data.
answers() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    if "$home/current/bin/restore-agent" peers >/dev/null 2>&1; then return 0; fi
    sleep 1
    case $(systemctl is-active restore-agent.service) in failed | inactive) return 1 ;; esac
    if [ "$(systemctl show --property=NRestarts --value restore-agent.service)" != 0 ]; then return 1; fi
  done
  return 1
}

# What had begun is taken back: the version and the unit that were there before are there again.
take_back() {
  status=$?
  trap - EXIT
  set +e
  if [ -z "$dry" ]; then
    rm -rf "$home/.new-$$" "$unit.new-$$" "$config.new-$$" "$program.new-$$" "$home/current.new-$$"
    if [ -n "$had_unit" ]; then put_file "$keep/unit" "$unit"; else rm -f "$unit"; fi
    if [ -z "$had_program" ]; then rm -f "$program"; fi
    if [ -n "$former" ]; then put_link "$former" "$home/current"; else rm -f "$home/current"; fi
    if has_systemd; then systemctl daemon-reload; fi
    if [ -n "$was_running" ]; then systemctl restart restore-agent.service; fi
    printf 'install.sh: Nothing was installed; what was there before is in its place.\n' >&2
  fi
  rm -rf "$keep"
  exit "$status"
}

install() {
  check_package
  check_ours
  check_unit_unchanged
  check_folders
  check_package_runs

  former=$(readlink "$home/current" || true)
  older=$(cat "$home/.former" 2>/dev/null || true)
  had_unit='' had_program='' was_running='' unit_changed=yes
  keep=$(mktemp -d)
  if there "$unit"; then had_unit=yes && cp "$unit" "$keep/unit"; fi
  if there "$program"; then had_program=yes; fi
  if cmp -s "$here/restore-agent.service" "$unit"; then unit_changed=''; fi
  if is_running; then was_running=yes; fi
  trap take_back EXIT
  trap 'exit 1' HUP INT TERM

  copy_package
  make_folder "$data"
  make_folder "$restored"
  put_config
  put_unit
  switch_current
  put_program
  restart

  # It is installed: what is left to do is no reason to go back.
  trap - EXIT HUP INT TERM
  rm -rf "$keep"
  if [ -n "$former" ] && [ "$former" != "$name" ]; then
    older=$former
    if [ -z "$dry" ]; then printf '%s\n' "$former" >"$home/.former"; fi
  fi
  forget_versions
  finish
}

finish() {
  say "${dry:+would be }installed: restore-agent $version"
  if [ -n "$dry" ] || [ -n "$prefix" ] || [ -n "$was_running" ]; then return 0; fi
  say 'Next: look at /etc/restore-agent/config.json, ask "restore-agent doctor", then start it:'
  say '  systemctl enable --now restore-agent'
}

uninstall() {
  check_ours
  if has_systemd && there "$unit"; then
    do_it 'stopped the agent' systemctl disable --now --quiet restore-agent.service
    do_it 'stopped what it runs' systemctl stop 'restore-agent-run-*.service'
  fi
  for path in "$unit" "$program" "$home"; do
    if there "$path"; then do_it "removed $path" rm -rf "$path"; else say "already so: no $path"; fi
  done
  if has_systemd; then do_it 'told systemd of it' systemctl daemon-reload; fi
  for path in "${config%/*}" "$data"; do
    there "$path" || continue
    if [ -n "$purge" ]; then do_it "removed $path" rm -rf "$path"; else say "kept: $path"; fi
  done
  for path in "$restored" "$unit.d"; do
    if there "$path"; then say "kept: $path"; fi
  done
}

check_host
if [ -n "$uninstall" ]; then uninstall; else install; fi
