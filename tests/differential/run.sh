#!/usr/bin/env bash
# Asks this evaluator and @cloud-copilot/iam-simulate (npm, run as a program only) the same questions: SEED, COUNT of each
# kind. The differences are lines of JSON in target/differential/differences.jsonl.
set -euo pipefail
cd "$(dirname "$0")/../.."
seed=${1:-1} count=${2:-10000}
folder=target/differential
mkdir -p "$folder"
[ -d "$folder/node_modules" ] || npm install --silent --prefix "$folder" @cloud-copilot/iam-simulate@0.1.173
cp tests/differential/referee.mjs "$folder/"
cargo build --quiet --release -p workspace-tests --example differential
program=target/release/examples/differential
"$program" generate "$seed" "$count" >"$folder/pairs.jsonl"
node "$folder/referee.mjs" <"$folder/pairs.jsonl" >"$folder/answers.jsonl"
"$program" compare "$folder/pairs.jsonl" "$folder/answers.jsonl" >"$folder/differences.jsonl"
