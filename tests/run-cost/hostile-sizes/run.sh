#!/usr/bin/env bash
# User seconds of `policy check --format json` on policies of 1,000, 4,000, 16,000 and 64,000 elements of each family of
# families.py, and the slope of the last two: 1 is linear, 2 quadratic. More than 20 seconds are not waited for.
#
#     run.sh [FAMILY...]            the sizes above
#     run.sh --bytes N [FAMILY...]  each family as long as N bytes; `--format human` behind `--bytes N` for that report
#     run.sh --slopes [FAMILY...]   millions of instructions beyond those for one element, of each family as long as 1,000, 4,000,
#                                   16,000 and 64,000 bytes, the exponent of the last two, and the seconds of the last
#     run.sh --rewrite HOW [FAMILY...]  user seconds to rewrite policies of 1,000, 4,000 and 16,000 elements of families that are
#                                   identity-based policies; HOW is minify, normalize, shrink, concat, merge, split, drift or read
#
# POLICY names another program than the one that is built here. Needs Python 3.10 and prlimit, and valgrind for `--slopes`.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../.."
if [ "${1:-}" = --rewrite ]; then
    how=$2
    shift 2
    families=("$@")
    [ $# -gt 0 ] || mapfile -t families < <(python3 "$here/families.py" | grep -E '^(resources|actions|statements|condition)-' |
        grep -vE -- '-(empty|bare|public|malformed)$|-of-a-secret$')
    cargo build --quiet --release -p workspace-tests --example rewrite_policy
    rewrite=${CARGO_TARGET_DIR:-target}/release/examples/rewrite_policy
    policy=$(mktemp)
    trap 'rm "$policy"' EXIT
    printf '%-32s %8s %8s %8s\n' '' 1000 4000 16000
    TIMEFORMAT=%U
    for family in "${families[@]}"; do
        printf '%-32s' "$family"
        for count in 1000 4000 16000; do
            python3 "$here/families.py" "$family" "$count" >"$policy"
            { time prlimit --cpu=20 "$rewrite" "$how" <"$policy" >/dev/null 2>&1 || true; } 2>"$policy.time"
            printf ' %8s' "$(cat "$policy.time")"
            rm "$policy.time"
        done
        echo
    done
    exit
fi
if [ -z "${POLICY:-}" ]; then
    cargo build --quiet --release -p policy-cli
    POLICY=target/release/policy
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT

kind_of() { # FAMILY
    case "$1" in
        principals-accounts | statements-public | statements-of-a-secret) echo resource ;;
        principals-* | long-principal | long-service-principal) echo trust ;;
        *) echo identity ;;
    esac
}

seconds() { # FAMILY FORMAT: of the policy in $folder/policy.json
    local TIMEFORMAT=%U status=0
    { time prlimit --cpu=20 "$POLICY" check --format "$2" --kind "$(kind_of "$1")" "$folder/policy.json" >/dev/null 2>&1 || status=$?; } \
        2>"$folder/time"
    case $status in
        0 | 1) cat "$folder/time" ;;
        137 | 152) echo '>20' ;;
        *) echo "exit=$status" ;;
    esac
}

instructions() { # FAMILY: of the policy in $folder/policy.json
    # The program fails where it finds something.
    { valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        "$POLICY" check --format json --kind "$(kind_of "$1")" "$folder/policy.json" 2>&1 >/dev/null || true; } |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

if [ "${1:-}" = --slopes ]; then
    shift
    families=("$@")
    [ $# -gt 0 ] || mapfile -t families < <(python3 "$here/families.py")
    printf '%-32s %9s %9s %9s %9s %8s %8s\n' '' 1000 4000 16000 64000 exponent seconds
    for family in "${families[@]}"; do
        python3 "$here/families.py" "$family" 1 >"$folder/policy.json"
        counts=("$(instructions "$family")")
        for bytes in 1000 4000 16000 64000; do
            python3 "$here/families.py" "$family" --bytes "$bytes" >"$folder/policy.json"
            counts+=("$(instructions "$family")")
        done
        awk -v family="$family" -v counts="${counts[*]}" -v seconds="$(seconds "$family" json)" 'BEGIN {
            split(counts, count, " ")
            printf "%-32s", family
            for (i = 2; i <= 5; i++) printf " %9.2f", (count[i] - count[1]) / 1e6
            a = count[4] - count[1]
            b = count[5] - count[1]
            exponent = a > 0 && b > 0 ? sprintf("%.2f", log(b / a) / log(4)) : "-"
            printf " %8s %8s\n", exponent, seconds }'
    done
    exit
fi

if [ "${1:-}" = --bytes ]; then
    bytes=$2 format=json
    shift 2
    if [ "${1:-}" = --format ]; then
        format=$2
        shift 2
    fi
    families=("$@")
    [ $# -gt 0 ] || mapfile -t families < <(python3 "$here/families.py")
    for family in "${families[@]}"; do
        python3 "$here/families.py" "$family" --bytes "$bytes" >"$folder/policy.json"
        printf '%-32s %8s\n' "$family" "$(seconds "$family" "$format")"
    done
    exit
fi

families=("$@")
[ $# -gt 0 ] || mapfile -t families < <(python3 "$here/families.py")
printf '%-32s %8s %8s %8s %8s %6s %10s\n' '' 1000 4000 16000 64000 slope bytes
for family in "${families[@]}"; do
    printf '%-32s' "$family"
    before='' last=''
    for count in 1000 4000 16000 64000; do
        if [ "$last" = '>20' ]; then
            printf ' %8s' -
            continue
        fi
        python3 "$here/families.py" "$family" "$count" >"$folder/policy.json"
        before=$last last=$(seconds "$family" json)
        printf ' %8s' "$last"
    done
    awk -v a="$before" -v b="$last" -v bytes="$(wc -c <"$folder/policy.json")" 'BEGIN {
        slope = a + 0 >= 0.05 && b ~ /^[0-9]/ ? sprintf("%.1f", log(b / a) / log(4)) : "-"
        printf " %6s %10d\n", slope, bytes }'
done
