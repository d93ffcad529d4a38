# Sourced by the launchers of a checkout (POSIX sh) with bw_root set: sets bw_lib to the library
# folder, after building it where it is missing or older than any source.
bw_lib=$bw_root/deploy/target/dist/lib
bw_stamp=$bw_root/deploy/target/dist/built

bw_is_current() {
  [ -d "$bw_lib" ] && [ -f "$bw_stamp" ] || return 1
  # The first newer file ends the search: checking costs milliseconds.
  [ -z "$(find "$bw_root"/pom.xml "$bw_root"/*/pom.xml "$bw_root"/*/src/main \
    -type f -newer "$bw_stamp" -print 2>/dev/null | head -n 1)" ]
}

if ! bw_is_current; then
  echo "building Bellwether (first run, or sources changed) ..." >&2
  # The time before the build: a source edited meanwhile is newer.
  mkdir -p "$bw_root/deploy/target/dist"
  : > "$bw_stamp.new"
  if ! (cd "$bw_root" && ./mvnw -q -B -Dmaven.test.skip=true package -pl deploy -am >&2); then
    rm -f "$bw_stamp.new"
    echo "error: the build failed; its messages are above" >&2
    exit 5
  fi
  mv "$bw_stamp.new" "$bw_stamp"
fi
