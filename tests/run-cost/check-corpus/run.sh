#!/usr/bin/env bash
# Microseconds a managed policy, beside parliament (PyPI) and the syntax validator of @cloud-copilot/iam-policy (npm, run as
# a program only), one after the other in one run on one core. The peers are installed into a folder of their own.
set -euo pipefail
cd "$(dirname "$0")/../../.."
peers=${PEERS:-target/check-corpus-peers}
data=${POLICY_TEST_DATA:-../shared}/corpus/managed-policies.jsonl.gz
scripts=tests/run-cost/check-corpus

if [ ! -d "$peers" ]; then
    mkdir -p "$peers"
    python3 -m venv "$peers/python"
    "$peers/python/bin/pip" install --quiet parliament==1.6.4 setuptools
    npm install --silent --prefix "$peers" @cloud-copilot/iam-policy@0.1.109
fi
cargo build --quiet --release -p workspace-tests --example check_corpus
one_core() { if command -v taskset >/dev/null; then taskset -c 0 "$@"; else "$@"; fi; }

one_core target/release/examples/check_corpus
one_core "$peers/python/bin/python" "$scripts/parliament_corpus.py" "$data"
cp "$scripts/syntax_validator_corpus.mjs" "$peers/"
one_core node "$peers/syntax_validator_corpus.mjs" "$data"
