#!/usr/bin/env bash
# Instructions a question of the evaluator's three set-ups, and of 1, 10 and 100 policies of the third: the slope between N
# questions and 2 N, counted by valgrind. With `--peers` the same three of iam-rs, with `--peers --cedar` of cedar-policy too, whose
# build takes minutes. Needs valgrind.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --quiet --release -p workspace-tests --example ask_setups
ours=(target/release/examples/ask_setups)
programs=(ours)
if [ "${1:-}" = --peers ]; then
    peers=tests/run-cost/evaluate-peers
    features=()
    if [ "${2:-}" = --cedar ]; then
        features=(--features cedar)
    fi
    cargo build --quiet --release --manifest-path "$peers/Cargo.toml" --target-dir target/peers "${features[@]}"
    iam_rs=(target/peers/release/iam-rs)
    programs+=(iam_rs)
    if [ "${2:-}" = --cedar ]; then
        cedar=(target/peers/release/cedar)
        programs+=(cedar)
    fi
fi

count() { # PROGRAM... SETUP TIMES [POLICIES]
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

slope() { # PROGRAM SETUP TIMES [POLICIES]
    local -n command=$1
    local setup=$2 times=$3 policies=(${4:+"$4"})
    local once twice
    once=$(count "${command[@]}" "$setup" "$times" "${policies[@]}")
    twice=$(count "${command[@]}" "$setup" $((2 * times)) "${policies[@]}")
    printf ' %12d' $(((twice - once) / times))
}

printf '%-8s %12s %12s %12s\n' '' simple twenty hundred
for program in "${programs[@]}"; do
    printf '%-8s' "$program"
    slope "$program" simple 500
    slope "$program" twenty 100
    slope "$program" hundred 20
    echo
done

printf '\n%-8s %12s %12s %12s\n' policies 1 10 100
printf '%-8s' ours
for policies in 1 10 100; do
    slope ours hundred 100 "$policies"
done
echo
