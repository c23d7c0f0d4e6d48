#!/usr/bin/env bash
# Asks this evaluator, @cloud-copilot/iam-simulate (npm, run as a program only) and iam-rs the same questions: COUNT of each kind
# for each SEED. Writes differences.md; each difference is a line of JSON in target/differential/differences.jsonl.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=${1:-3200}
seeds=${*:2}
folder=target/differential
mkdir -p "$folder"
[ -d "$folder/node_modules" ] || npm install --silent --prefix "$folder" @cloud-copilot/iam-simulate@0.1.173
cp tests/differential/iam_simulate.mjs "$folder/"
cargo build --quiet --release --manifest-path tests/differential/iam_rs/Cargo.toml --target-dir target/peers
cargo build --quiet --release -p workspace-tests --example differential
target/release/examples/differential "$count" "${seeds:-1 2 3}" "$folder/differences.jsonl" \
    "node $folder/iam_simulate.mjs" target/peers/release/differential-iam-rs >"$folder/differences.md"
cp "$folder/differences.md" tests/differential/
