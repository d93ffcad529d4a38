#!/bin/sh
# Prints the path of an etcd of at least 3.5: $ETCD_BIN, the one on PATH, or one in a cache folder,
# which is fetched there the first time, without root. Tests run it; a deployment brings its own etcd.
set -eu

min_minor=5
release=3.5.21
cache=${XDG_CACHE_HOME:-$HOME/.cache}/bellwether/etcd
advice="install etcd 3.$min_minor or newer and put it on PATH, or set ETCD_BIN to it"

fail() {
  echo "error: $1: $advice." >&2
  exit 1
}

# Whether $1 runs and is new enough; a binary of another libc or processor does not run.
fits() {
  version=$("$1" --version 2>/dev/null | sed -n 's/^etcd Version: \([0-9]*\.[0-9]*\).*/\1/p')
  [ -n "$version" ] || return 1
  [ "${version%.*}" -gt 3 ] || { [ "${version%.*}" -eq 3 ] && [ "${version#*.}" -ge $min_minor ]; }
}

if [ -n "${ETCD_BIN:-}" ]; then
  fits "$ETCD_BIN" || fail "ETCD_BIN ($ETCD_BIN) is no etcd of at least 3.$min_minor"
  echo "$ETCD_BIN"
  exit
fi
on_path=$(command -v etcd || true)
if [ -n "$on_path" ] && fits "$on_path"; then
  echo "$on_path"
  exit
fi
if [ -x "$cache/etcd" ] && fits "$cache/etcd"; then
  echo "$cache/etcd"
  exit
fi

mkdir -p "$cache"
work=$(mktemp -d "$cache/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Debian's package, checked against the archive's signature; apt's own lists and cache stay untouched.
fetch_from_debian() {
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -r $keyring ] && command -v apt-get && command -v dpkg-deb || return 1
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/root"
  echo "deb [signed-by=$keyring] http://deb.debian.org/debian trixie main" > "$work/sources.list"
  set -- -qq -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- \
    -o Dir::Etc::Preferences=- -o Dir::Etc::PreferencesParts=- \
    -o "Dir::State=$work/state" -o "Dir::Cache=$work/cache" -o Dir::State::status=/dev/null \
    -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::http::Timeout=20
  (cd "$work" && apt-get "$@" update && apt-get "$@" download etcd-server) || return 1
  dpkg-deb -x "$work"/etcd-server_*.deb "$work/root" || return 1
  etcd=$work/root/usr/bin/etcd
}

# The project's own release, whose checksums are below.
fetch_from_github() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64)
      archive=etcd-v$release-linux-amd64
      checksum=adddda4b06718e68671ffabff2f8cee48488ba61ad82900e639d108f2148501c
      ;;
    Linux-aarch64)
      archive=etcd-v$release-linux-arm64
      checksum=95bf6918623a097c0385b96f139d90248614485e781ec9bee4768dbb6c79c53f
      ;;
    *)
      echo "there is no download for $(uname -s) on $(uname -m)"
      return 1
      ;;
  esac
  curl -fsSL --connect-timeout 10 -o "$work/release.tar.gz" \
    "https://github.com/etcd-io/etcd/releases/download/v$release/$archive.tar.gz" || return 1
  echo "$checksum  $work/release.tar.gz" | sha256sum -c || return 1
  tar -xzf "$work/release.tar.gz" -C "$work" "$archive/etcd" || return 1
  etcd=$work/$archive/etcd
}

fetch_from_debian > "$work/log" 2>&1 && fits "$etcd" ||
  { fetch_from_github >> "$work/log" 2>&1 && fits "$etcd"; } ||
  fail "no etcd is installed and none could be fetched ($(tail -n 1 "$work/log"))"
# Whole or not at all: another build may be doing the same.
mv "$etcd" "$cache/etcd"
echo "$cache/etcd"
