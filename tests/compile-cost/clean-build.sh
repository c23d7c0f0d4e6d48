#!/usr/bin/env bash
# What a clean debug build of policy-macros with all below it costs, beside serde with its derive and serde_json: CPU
# seconds (user and system, all processes), the two in turn, so that the machine's drift hits both. RUNS=3 by default.
set -euo pipefail
# A crate of a registry is never built incrementally; one at a path is, which takes a third more.
export CARGO_INCREMENTAL=0
workspace=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

crate() { # NAME DEPENDENCIES
    mkdir -p "$work/$1/src"
    printf '[package]\nname = "%s"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\n%s\n[workspace]\n' "$1" "$2" >"$work/$1/Cargo.toml"
    : >"$work/$1/src/lib.rs"
    cargo fetch --quiet --manifest-path "$work/$1/Cargo.toml"
}
crate ours "policy-macros = { path = \"$workspace/policy-macros\" }"
crate serde 'serde = { version = "1", features = ["derive"] }
serde_json = "1"'

cpu_seconds() { # NAME
    rm -rf "$work/$1/target"
    TIMEFORMAT='%U %S'
    { time cargo build --quiet --offline --manifest-path "$work/$1/Cargo.toml" --target-dir "$work/$1/target" 2>/dev/null; } 2>&1 |
        awk '{ printf "%.2f", $1 + $2 }'
}

printf '%-6s %14s %32s\n' run policy-macros 'serde + derive + serde_json'
for run in $(seq "${RUNS:-3}"); do
    printf '%-6s %14s %32s\n' "$run" "$(cpu_seconds ours)" "$(cpu_seconds serde)"
done
