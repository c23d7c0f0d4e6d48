#!/usr/bin/env bash
# What users of the published libraries can name, a line each, beside the committed list: a change of the API is a diff that is
# read, never an accident. `run.sh --update` writes the lists; then say in CHANGELOG.md what a user has to change. It needs a
# nightly Rust, and `cargo install cargo-public-api@0.52.0 --locked`: other versions may write the same API in another way.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
changed=()
for crate in policy-core policy-macros policy-files runner-profiles; do
    list=$here/$crate.txt
    # The traits of `__macro`, which is hidden, are implemented for types that are not.
    now=$(cargo +nightly public-api --package "$crate" --all-features -sss --color never |
        grep --invert-match --extended-regexp '^impl policy_core::(hole|template)::')
    if [ "${1:-}" = --update ]; then
        echo "$now" >"$list"
    elif ! diff --unified=0 --label "$crate, committed" --label "$crate, now" "$list" - <<<"$now"; then
        changed+=("$crate")
    fi
done
if [ ${#changed[@]} -gt 0 ]; then
    echo "error: the public API of ${changed[*]} is not the committed one: run \`tests/public-api/run.sh --update\`, read the diff, and say in CHANGELOG.md what changes for a user"
    exit 1
fi
