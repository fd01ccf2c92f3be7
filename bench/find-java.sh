#!/bin/sh
# Sourced by scripts that run the Java which the start script would choose. Sets
#   java  CERTCOLLECT_JAVA, or the newest one found
version_of() {
  "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
}

newest_java() {
  for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || :)" /usr/lib/jvm/*/bin/java; do
    if [ -x "$candidate" ]; then
      echo "$(version_of "$candidate") $candidate"
    fi
  done | sort -n | tail -n 1 | cut -d ' ' -f 2-
}

java=${CERTCOLLECT_JAVA:-$(newest_java)}
if [ -z "$java" ]; then
  echo "Java 17 or later is needed: install one (Debian: apt install openjdk-17-jdk), or set JAVA_HOME" >&2
  exit 70
fi
