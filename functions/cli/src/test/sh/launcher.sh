#!/bin/sh
# The launcher as people call it. Usage: launcher.sh CHECKOUT
set -u
checkout=$1
scratch=$(mktemp -d "${TMPDIR:-/tmp}/tsvault launcher.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
failed=0
passed=0

# check NAME EXPECTED-STATUS EXPECTED-TEXT COMMAND...: its status, and the text on either stream
check() {
    name=$1 status=$2 text=$3
    shift 3
    "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    got=$?
    if [ "$got" = "$status" ] && cat "$scratch/out" "$scratch/err" | grep -qF -- "$text"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "launcher: $name: expected status $status and '$text'; got status $got and:" >&2
        cat "$scratch/out" "$scratch/err" >&2
    fi
}
in_folder() { (cd "$1" && shift && "$@"); }
json_on_stdout() { "$@" 2>/dev/null | sed 's/^\[{.*}\]$/one document/'; }
to_full_disk() { "$@" >/dev/full; }

"$checkout/tsvault" --version >/dev/null 2>&1 # builds it if this build has not
mkdir "$scratch/a folder" "$scratch/bin"
ln -s "$checkout/tsvault" "$scratch/bin/absolute"
ln -s absolute "$scratch/bin/relative"

check "--version" 0 "tsvault 0." "$checkout/tsvault" --version
check "--jdk prints a JDK 25" 0 "/" "$checkout/tsvault" --jdk
check "--help names its commands" 0 "doctor" "$checkout/tsvault" --help
check "from another folder" 0 "tsvault 0." in_folder "$scratch/a folder" "$checkout/tsvault" --version
check "through a symlink" 0 "tsvault 0." "$scratch/bin/absolute" --version
check "through a symlink to a symlink" 0 "tsvault 0." in_folder "$scratch/bin" ./relative --version
check "an unknown command is wrong use" 2 "Unmatched argument" "$checkout/tsvault" nonsense
check "no command is wrong use" 2 "Which command?" "$checkout/tsvault"
check "doctor finds nothing bad" 0 "ok    java" "$checkout/tsvault" doctor
check "a misspelt variable is found" 3 "TSVAULT_LAB_CAHCE" env TSVAULT_LAB_CAHCE=x "$checkout/tsvault" doctor
check "lab list says what runs here" 0 "prometheus:3.5" "$checkout/tsvault" lab list
check "results are all that stdout holds" 0 'one document' json_on_stdout "$checkout/tsvault" --json lab list
check "every command has its help" 0 "--out-of-order" "$checkout/tsvault" lab start --help
check "a path outside ASCII under LC_ALL=C, as cron has it" 0 "gärten" env LC_ALL=C "$checkout/tsvault" --vault "$scratch/gärten" init
check "a path outside ASCII in a locale that is not installed" 0 "gärten" env -u LC_ALL LANG=xx_XX.UTF-8 "$checkout/tsvault" --vault "$scratch/gärten" status
check "a full disk is no success" 1 "" to_full_disk "$checkout/tsvault" lab list
check "a JDK that is named and is none is refused" 2 "there is none in" env TSVAULT_JAVA_HOME=/nonexistent "$checkout/tsvault" --version
check "a server that is none is refused" 2 "it can fetch [2.42, 2.53, 3.5]" "$checkout/tsvault" lab start prometheus:9.9
check "an unknown server is wrong use" 2 "no server is called 'promtheus'" "$checkout/tsvault" lab start promtheus
check "a bad duration is wrong use" 2 "'30x' is no duration" "$checkout/tsvault" lab start prometheus --out-of-order 30x
check "offline is respected" 1 "TSVAULT_LAB_OFFLINE forbids" \
    env TSVAULT_LAB_OFFLINE=1 TSVAULT_LAB_CACHE="$scratch/none" PATH=/usr/bin:/bin "$checkout/tsvault" lab fetch prometheus:3.5
check "a mirror out of reach is told in one line" 1 "prometheus:3.5 cannot be had from Debian forky" \
    env TSVAULT_LAB_MIRROR=http://127.0.0.1:9/debian TSVAULT_LAB_CACHE="$scratch/a cache" PATH=/usr/bin:/bin "$checkout/tsvault" lab fetch prometheus:3.5

# No JDK 25 anywhere: an empty root with only a shell's tools, so that the usual folders are empty.
mkdir -p "$scratch/jdk17/bin"
printf 'JAVA_VERSION="17.0.1"\n' >"$scratch/jdk17/release"
printf '#!/bin/sh\n' >"$scratch/jdk17/bin/java"
chmod +x "$scratch/jdk17/bin/java"
sed 's|/usr/lib/jvm/\* /opt/java/\* /opt/jdk\*||' "$checkout/tsvault" >"$scratch/a folder/tsvault"
check "no JDK 25: says where it looked" 2 "$scratch/jdk17" \
    env -u JAVA_HOME HOME="$scratch" TSVAULT_JAVA_HOME="$scratch/jdk17" PATH="$scratch/jdk17/bin:/usr/bin:/bin" sh "$scratch/a folder/tsvault" --version
check "no JDK 25: says how to get one" 2 "TSVAULT_JAVA_HOME" \
    env -u JAVA_HOME HOME="$scratch" TSVAULT_JAVA_HOME="$scratch/jdk17" PATH="$scratch/jdk17/bin:/usr/bin:/bin" sh "$scratch/a folder/tsvault" --version

echo "launcher: $passed passed, $failed failed"
[ "$failed" = 0 ]
