#!/usr/bin/env bash
# Asks `policy check` and other tools about the same mistakes in files, and writes the tables of README.md.
#
#   tests/peers/run.sh [FOLDER]    FOLDER has files that people wrote and use, which have a table of their own
#
# Needs Rust, Python 3.11 with pip, node with npm, and git. The tools are installed into PEERS (target/peers-of-the-checker), and none
# of them is part of this repository.
set -euo pipefail
cd "$(dirname "$0")/../.."
peers=${PEERS:-target/peers-of-the-checker}
target=${CARGO_TARGET_DIR:-target}
server=https://github.com/mbarneyjr/aws-iam-language-server
server_commit=6351406
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
mkdir -p "$peers"

if [ ! -e "$peers/python" ]; then
    python3 -m venv "$peers/python"
    "$peers/python/bin/pip" install --quiet -r tests/peers/requirements.txt
fi
if [ ! -e "$peers/python-checkov" ]; then
    python3 -m venv "$peers/python-checkov"
    "$peers/python-checkov/bin/pip" install --quiet checkov==3.3.30
fi
# AGPL: it is run as a program of its own.
[ -e "$peers/node_modules" ] || npm install --silent --prefix "$peers" @cloud-copilot/iam-policy@0.1.109
# Its package is no longer in the registry.
if [ ! -e "$peers/language-server" ]; then
    git clone --quiet "$server" "$peers/language-server"
    (cd "$peers/language-server" && git checkout --quiet "$server_commit" && npm ci --silent && npx tsc)
fi
# iam-policy-validator asks AWS for the service reference, or reads it from a folder. A crate has that reference.
if [ ! -e "$peers/services" ]; then
    crate=$(mktemp -d)
    trap 'rm -rf "$crate"' EXIT
    mkdir "$crate/src"
    touch "$crate/src/lib.rs"
    printf '[package]\nname = "sources"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\ncloudcover-aws = "=0.2.3"\n[workspace]\n' >"$crate/Cargo.toml"
    (cd "$crate" && cargo vendor --quiet >/dev/null)
    python3 tests/peers/services.py "$crate/vendor/cloudcover-aws/data/sar/catalog.json" "$peers/services"
fi
cargo build --quiet --release -p policy-cli
python3 tests/peers/compare.py "$peers" "$target/release/policy" ${1:+--real "$1"}
