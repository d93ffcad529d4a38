# Sourced by the launchers and by ./mvnw (POSIX sh): puts a JDK of at least BELLWETHER_JDK_MIN (25)
# first on PATH, or stops with one line that says what to install.
bw_min=${BELLWETHER_JDK_MIN:-25}

# Prints the feature version of a JDK home; nothing where it is not a JDK.
bw_feature() {
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
  fi
}

bw_fits() {
  bw_v=$(bw_feature "$1")
  [ -n "$bw_v" ] && [ "$bw_v" -ge "$bw_min" ] 2>/dev/null
}

bw_find() {
  if [ -n "${JAVA_HOME:-}" ] && bw_fits "$JAVA_HOME"; then return 0; fi
  bw_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$bw_path" ]; then
    bw_path=$(readlink -f "$bw_path" 2>/dev/null || echo "$bw_path")
    bw_path=${bw_path%/bin/javac}
  fi
  for bw_c in "$bw_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.local/share/mise/installs/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -d "$bw_c" ] && bw_fits "$bw_c"; then
      JAVA_HOME=$bw_c
      return 0
    fi
  done
  echo "error: Bellwether needs a JDK $bw_min or newer and found none: install one (for example Eclipse Temurin $bw_min) or set JAVA_HOME." >&2
  return 1
}

bw_find || exit 1
export JAVA_HOME
PATH=$JAVA_HOME/bin:$PATH
export PATH
