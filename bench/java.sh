#!/bin/sh
# Sourced by what runs a program of the module bench, with $root set. Builds what is missing or
# older than the sources, and sets
#   classpath  of the module with its tests, where its programs stand
#   java       CERTCOLLECT_JAVA, or the newest that is found
#   options    what that wants to be told
list=${root:?}/bench/target/tests.classpath

is_current() {
  [ -f "$list" ] &&
    [ -z "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src -newer "$list" | head -n 1)" ]
}

build() {
  mkdir -p "$root/bench/target"
  rm -f "$list"
  # What is changed from here on is newer.
  : >"$list.building"
  # Each module writes the file; the bench is the last.
  (cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -Dmdep.outputFile="$list" \
    package dependency:build-classpath -pl bench -am) >&2 </dev/null
  touch -r "$list.building" "$list"
}

is_current || build
# shellcheck source=bench/find-java.sh
. "$root/bench/find-java.sh"
options=
if [ "$(version_of "${java:?}")" -ge 23 ]; then
  # shellcheck disable=SC2034 # for who sources this
  options="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
fi
# shellcheck disable=SC2034 # for who sources this
classpath=$root/bench/target/test-classes:$root/bench/target/classes:$(cat "$list")
