#!/usr/bin/env bash
# Instructions a byte of reading AWS's managed policies as a `Document`, as an `IdentityPolicy` and as a
# `serde_json::Value`: the slope between reading them once and three times, counted by valgrind. Needs valgrind.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --quiet --release -p workspace-tests --example read_corpus
program=target/release/examples/read_corpus

count() { # WHAT TIMES
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$1" "$2" 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

bytes=$("$program" document 1 | sed -n 's/.* \([0-9]*\) bytes.*/\1/p')
for what in document policy value; do
    once=$(count "$what" 1)
    thrice=$(count "$what" 3)
    awk -v what="$what" -v n=$((thrice - once)) -v bytes="$bytes" 'BEGIN { printf "%-10s %6.1f instructions a byte\n", what, n / 2 / bytes }'
done
