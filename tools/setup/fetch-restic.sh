#!/bin/sh
# Put restic and restic-rest-server of a newer Debian suite in a folder: no root, nothing installed, apt's own state untouched.
#   fetch-restic.sh FOLDER [suite]
set -eu
dest=$1 suite=${2:-trixie}
base=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -n 1)
[ -n "$base" ] || base=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1)
[ -n "$base" ] || { echo 'no Debian source is configured in apt' >&2; exit 1; }
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tmp/lists/partial" "$tmp/cache/archives/partial" "$tmp/deb" "$tmp/none" "$dest"; : > "$tmp/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $base $suite main" > "$tmp/list"
apt() {
  apt-get -q -o Dir::Etc::SourceList="$tmp/list" -o Dir::Etc::SourceParts=- -o Dir::Etc::Preferences=/dev/null \
    -o Dir::Etc::PreferencesParts="$tmp/none" -o Dir::State::Status="$tmp/status" -o Dir::State::Lists="$tmp/lists" \
    -o Dir::Cache="$tmp/cache" -o APT::Sandbox::User= -o Acquire::Languages=none "$@"
}
apt update
(cd "$tmp/deb" && apt download restic restic-rest-server)
for deb in "$tmp"/deb/*.deb; do dpkg-deb -x "$deb" "$tmp/root"; done
install -m 755 "$tmp/root/usr/bin/restic" "$tmp/root/usr/bin/restic-rest-server" "$dest"
