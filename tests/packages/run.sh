#!/usr/bin/env bash
# Packages the crates, and builds and tests what is in the packages, outside of the workspace and without a network. Each crate compiles
# by itself, with the features that it asks of its siblings, which are taken from their packages too. Then run all their tests and
# examples, and of the doctests those that read a file, which could be missing in the package. Last, the README's "In your crate" and
# "The presets" are followed to the letter, in an empty crate beside them.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
work=$target/packages
crates=(policy-core policy-files policy-macros policy-cli runner-profiles)

# What is not committed is packaged too: a change is tried before it lands.
cd "$root"
cargo package --offline --quiet --allow-dirty --no-verify --workspace --exclude workspace-tests --exclude catalogue-import \
    --target-dir "$work/cargo"

rm -rf "$work/policy" "$work/stranger" "$work/.cargo"
mkdir -p "$work/policy" "$work/stranger/src" "$work/.cargo"
echo '[patch.crates-io]' >"$work/.cargo/config.toml"
for crate in "${crates[@]}"; do
    archive=$(ls "$work/cargo/package/$crate"-*.crate)
    # Files get the time of now: Cargo packs them with one that is long past, and would take a change for none.
    mkdir "$work/policy/$crate"
    tar --extract --gzip --touch --strip-components=1 --directory "$work/policy/$crate" --file "$archive"
    echo "$crate = { path = 'policy/$crate' }" >>"$work/.cargo/config.toml"
    printf '%-16s %4d files, %4d kB packed\n' "$crate" "$(find "$work/policy/$crate" -type f | wc -l)" "$(($(wc -c <"$archive") / 1000))"
    rm "$archive"
    for file in CHANGELOG.md LICENSE-MIT LICENSE-APACHE; do
        cmp "$root/$file" "$work/policy/$crate/$file"
    done
    # This one has a README of its own.
    [ "$crate" = policy-files ] || cmp "$root/README.md" "$work/policy/$crate/README.md"
done

# What the crates depend on has been built for the workspace.
export CARGO_TARGET_DIR="$target"
# What holds of random input was tried in the workspace: here it is enough that it runs.
export PROPTEST_CASES=16
cd "$work/policy"
printf '[workspace]\nresolver = "3"\nmembers = ["*"]\n' >Cargo.toml
for crate in "${crates[@]}"; do
    printf '\n-- %s by itself\n' "$crate"
    cargo check --offline --quiet --package "$crate"
done
printf '\n-- the tests in the packages\n'
cargo test --offline --quiet --workspace --all-features --tests --examples
# Filtered by the name of what they document.
cargo test --offline --quiet --workspace --all-features --doc policy_file

# The first ```LANGUAGE block below a heading of the README.
readme_block() { # HEADING LANGUAGE
    awk -v heading="## $1" -v fence="\`\`\`$2" \
        '/^## /{ here = $0 == heading } here && $0 == "```" && on { exit } on { print } here && $0 == fence { on = 1 }' "$root/README.md"
}
cd "$work/stranger"
follow() { # HEADING: what the crate prints
    printf '[package]\nname = "stranger"\nedition = "2024"\n\n%s\n' "$(readme_block "$1" toml)" >Cargo.toml
    readme_block "$1" rust >src/main.rs
    cargo run --offline --quiet
}
printf '\n-- a crate as in the README\n'
follow 'In your crate'
sed -i 's/"s3:GetObject"/"s3:GetObjct"/' src/main.rs
if cargo build --offline --quiet 2>said; then
    echo 'an action that is misspelt compiles' >&2
    exit 1
fi
grep --quiet --fixed-strings '= help: write `s3:GetObject`' said
follow 'The presets' >roles.tf.json
grep --quiet '"aws_iam_role"' roles.tf.json
