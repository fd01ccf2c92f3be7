#!/bin/bash
# Installs the programs that bench/run and bench/reliability use, and builds what they measure. To be sourced by bash,
# in the root of the repository, by root.
target=target/bench
mkdir -p "$target"

# Installs the Debian packages that are missing.
install_missing() {
  local missing=() package
  for package in "$@"; do
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
      missing+=("$package")
    fi
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing ${missing[*]}" >&2
  apt-get update -q >/dev/null
  # The installed services must not start: none is needed, and their ports may be in use.
  DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -q -y --no-install-recommends "${missing[@]}" >/dev/null
}

build_load() {
  local libraries
  libraries=/usr/lib/$(gcc -print-multiarch)/android
  gcc -O2 -D_GNU_SOURCE -Wall -I/usr/include/android bench/load.c -o "$target/load" \
    -L"$libraries" -Wl,-rpath,"$libraries" -lssl -lcrypto
}

command -v nginx >/dev/null || install_missing nginx-light
install_missing gcc libc6-dev android-libboringssl-dev openssl php-fpm php-sqlite3 postgresql python3
build_load
# These programs build themselves first, so that the builds are not measured.
./certcollect --version >/dev/null
# As the package does when it is installed.
./certcollect archive-classes || echo "starts are measured without an archive of classes" >&2
bench/generate 0 >/dev/null
