#!/usr/bin/env bash
# Instructions a question of the evaluator's three set-ups: the slope between N questions and 2 N, counted by valgrind.
# With `--peers` the same of iam-rs. Needs valgrind.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --quiet --release -p workspace-tests --example ask_setups
ours=(target/release/examples/ask_setups)
programs=(ours)
if [ "${1:-}" = --peers ]; then
    peers=tests/run-cost/evaluate-peers
    cargo build --quiet --release --manifest-path "$peers/Cargo.toml" --target-dir target/peers
    iam_rs=(target/peers/release/evaluate-peers)
    programs+=(iam_rs)
fi

count() { # PROGRAM... SETUP TIMES
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

printf '%-8s %12s %12s %12s\n' '' simple twenty hundred
for program in "${programs[@]}"; do
    declare -n command=$program
    printf '%-8s' "$program"
    for setup in simple:500 twenty:100 hundred:20; do
        name=${setup%:*} times=${setup#*:}
        once=$(count "${command[@]}" "$name" "$times")
        twice=$(count "${command[@]}" "$name" $((2 * times)))
        printf ' %12d' $(((twice - once) / times))
    done
    echo
done
