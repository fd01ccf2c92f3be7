#!/bin/sh
# Sourced by scripts that run a program of the module bench, with $root set. Builds the module if
# it is missing or older than the sources, and sets
#   classpath  the class path of the module's tests, which hold its programs
#   java       CERTCOLLECT_JAVA, or the newest one found
#   options    the options that this java needs
list=${root:?}/bench/target/tests.classpath

is_current() {
  [ -f "$list" ] &&
    [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src -newer "$list" | head -n 1)" ]
}

build() {
  mkdir -p "$root/bench/target"
  rm -f "$list"
  # Sources that change during the build are newer than this file.
  : >"$list.building"
  echo "building the module bench, which takes a minute or two ..." >&2
  # Each module writes the file, and bench is the last one. It gets its name when all is built.
  # Maven writes colours even when told not to, so only its errors are shown, without them.
  (cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -Dmdep.outputFile="$list.new" \
    package dependency:build-classpath -pl bench -am) >"$list.log" 2>&1 </dev/null || {
    sed "s/$(printf '\033')\[[0-9;]*m//g" "$list.log" >&2
    exit 1
  }
  touch -r "$list.building" "$list.new"
  mv -f "$list.new" "$list"
}

is_current || build
# shellcheck source=bench/find-java.sh
. "$root/bench/find-java.sh"
options=
if [ "$(version_of "${java:?}")" -ge 23 ]; then
  # shellcheck disable=SC2034 # for the sourcing script
  options="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
fi
# shellcheck disable=SC2034 # for the sourcing script
classpath=$root/bench/target/test-classes:$root/bench/target/classes:$(cat "$list")
