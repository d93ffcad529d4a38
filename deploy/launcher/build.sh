# Sourced by the launchers of a checkout (POSIX sh) with bw_root set: sets bw_lib to the library
# folder, after building it where it is missing or older than any source.
bw_lib=$bw_root/deploy/target/dist/lib
bw_stamp=$bw_root/deploy/target/dist/built

# Whether any of the files and folders after the first argument is newer than it.
bw_newer() {
  bw_reference=$1
  shift
  # The first newer file ends the search: checking costs milliseconds.
  [ -n "$(find "$@" -type f -newer "$bw_reference" -print 2>/dev/null | head -n 1)" ]
}

bw_is_current() {
  [ -d "$bw_lib" ] || return 1
  if [ -f "$bw_stamp" ] && ! bw_newer "$bw_stamp" "$bw_root"/pom.xml "$bw_root"/*/pom.xml "$bw_root"/*/src/main; then
    return 0
  fi
  # Built by ./mvnw directly: each module's jar against its own sources.
  for bw_jar in "$bw_lib"/*-SNAPSHOT.jar; do
    [ -f "$bw_jar" ] || return 1
    bw_module=${bw_jar##*/}
    bw_module=${bw_module%-[0-9]*-SNAPSHOT.jar}
    [ -d "$bw_root/$bw_module" ] || continue
    if bw_newer "$bw_jar" "$bw_root/pom.xml" "$bw_root/$bw_module/pom.xml" "$bw_root/$bw_module/src/main"; then
      return 1
    fi
  done
}

if ! bw_is_current; then
  echo "building Bellwether (first run, or sources changed) ..." >&2
  mkdir -p "$bw_root/deploy/target/dist"
  # The time before the build: a source edited meanwhile is newer.
  : > "$bw_stamp.new"
  if ! (cd "$bw_root" && ./mvnw -q -B -Dmaven.test.skip=true package -pl deploy -am >&2); then
    rm -f "$bw_stamp.new"
    echo "error: the build failed; its messages are above" >&2
    exit 5
  fi
  mv "$bw_stamp.new" "$bw_stamp"
fi
