#!/bin/sh
# Unpack packages of a Debian suite into a folder: no root, nothing installed, apt's own state untouched. With --libraries
# the shared libraries that they depend on too, down to the C library.
#   unpack-from-debian.sh FOLDER SUITE [--libraries] PACKAGE…
set -eu
folder=$1 suite=$2
shift 2
libraries=
if [ "$1" = --libraries ]; then libraries=yes && shift; fi
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -e "$keyring" ] || { echo "$keyring is not there: this is for Debian" >&2; exit 1; }

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tmp/lists/partial" "$tmp/archives/partial" "$tmp/deb" "$tmp/none" "$folder"
: > "$tmp/status"

# An archive that this machine is set up for, whatever its release: `update --print-uris` needs neither root nor lists.
archive=$(apt-get -o Dir::State::Lists="$tmp/lists" -o APT::Sandbox::User= update --print-uris |
  sed -n "s#^'\(.*/debian/*\)/dists/[^/]*/InRelease'.*#\1#p" | head -n 1)
[ -n "$archive" ] || { echo 'no Debian archive is among the sources of apt' >&2; exit 1; }
echo "deb [signed-by=$keyring] $archive $suite main" > "$tmp/sources.list"

# An empty status: with the machine's own, what is installed would hide what is wanted.
private_apt() {
  apt-get -q -o Dir::Etc::SourceList="$tmp/sources.list" -o Dir::Etc::SourceParts=- -o Dir::Etc::Preferences=/dev/null \
    -o Dir::Etc::PreferencesParts="$tmp/none" -o Dir::State::Status="$tmp/status" -o Dir::State::Lists="$tmp/lists" \
    -o Dir::Cache="$tmp" -o APT::Sandbox::User= -o Acquire::Languages=none "$@"
}
private_apt update
if [ -n "$libraries" ]; then
  private_apt install -y --no-install-recommends --print-uris "$@" > "$tmp/uris"
  found=$(sed -n "s/^'[^']*' \([^_]*\)_.*/\1/p" "$tmp/uris" | grep -E '^(lib|zlib1g)' | grep -v -E '^lib(perl|python)')
  # One word for each package.
  # shellcheck disable=SC2086
  set -- "$@" $found
fi
cd "$tmp/deb"
private_apt download "$@"
for deb in "$tmp"/deb/*.deb; do dpkg-deb -x "$deb" "$folder"; done
