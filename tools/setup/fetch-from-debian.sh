#!/bin/sh
# Put programs of a Debian suite in a folder: no root, nothing installed, apt's own state untouched. Each is the program of
# its package's name, and gets along with the libraries that are here.
#   fetch-from-debian.sh FOLDER SUITE PACKAGE…
set -eu
folder=$1 suite=$2
shift 2
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

# An empty status: with the machine's own, an installed restic would hide the wanted one.
private_apt() {
  apt-get -q -o Dir::Etc::SourceList="$tmp/sources.list" -o Dir::Etc::SourceParts=- -o Dir::Etc::Preferences=/dev/null \
    -o Dir::Etc::PreferencesParts="$tmp/none" -o Dir::State::Status="$tmp/status" -o Dir::State::Lists="$tmp/lists" \
    -o Dir::Cache="$tmp" -o APT::Sandbox::User= -o Acquire::Languages=none "$@"
}
private_apt update
cd "$tmp/deb"
private_apt download "$@"
for deb in "$tmp"/deb/*.deb; do dpkg-deb -x "$deb" "$tmp/root"; done
for package in "$@"; do install -m 755 "$tmp/root/usr/bin/$package" "$folder"; done
