#!/usr/bin/env bash
# What one more `policy!` costs rustc, in instructions, beside one more `serde_json::json!` of the same policy and one more
# `const &str`: the slope between a crate with 10 of them and one with 100, counted by valgrind, so that the machine's
# noise does not matter. Takes some minutes; name the kinds (str, constant, template, json) to count fewer. Needs valgrind.
set -euo pipefail
# Debug information is 5 % of a constant, and not every environment has it.
export CARGO_PROFILE_DEV_DEBUG=0
workspace=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

statements() { # NUMBER: unlike any other, so that nothing can be shared
    cat <<END
        "Version": "2012-10-17",
        "Statement": [
            { "Sid": "ListSecretNames$1", "Effect": "Allow", "Action": "secretsmanager:ListSecrets", "Resource": "*" },
            { "Sid": "ReadPipelineSecrets$1", "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": "arn:$2:secretsmanager:$3:$4:secret:$5" },
            { "Sid": "UseStagingObjects$1", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
              "Resource": "arn:$2:s3:::$6/*" }
        ]
END
}
literal() { statements "$1" aws eu-west-1 111122223333 "db-password-a1B2c3" "maia-staging-$1"; }
template() { statements "$1" '<partition>' '<region>' '<account-id>' '<secret-ids>' '<staging-bucket>'; }

source_of() { # KIND COUNT
    case $1 in
    constant | template) echo 'use policy_core::names::{AccountId, BucketName, Region, SecretId}; use policy_core::policy::NonEmpty; use policy_macros::policy;' ;;
    esac
    for number in $(seq "$2"); do
        case $1 in
        str) printf 'pub const P%s: &str = r#"{%s}"#;\n' "$number" "$(literal "$number")" ;;
        json) printf 'pub fn p%s() -> serde_json::Value { serde_json::json!({%s}) }\n' "$number" "$(literal "$number")" ;;
        constant) printf 'policy! { pub const P%s: IdentityPolicy = {%s}; }\n' "$number" "$(literal "$number")" ;;
        template)
            printf 'policy! { pub struct T%s: IdentityPolicy { region: Region, account_id: AccountId, secret_ids: NonEmpty<SecretId>, staging_bucket: Option<BucketName> } {%s} }\n' \
                "$number" "$(template "$number")"
            ;;
        esac
    done
}

cat >"$work/count-instructions" <<'END'
#!/usr/bin/env bash
# Runs between cargo and rustc: counts the instructions of the one compilation that is measured.
rustc=$1
shift
case "$*" in
*"--crate-name measured "*)
    exec valgrind --tool=callgrind --callgrind-out-file=/dev/null "$rustc" "$@" 2> >(tee "$COUNT_FILE" >&2)
    ;;
*) exec "$rustc" "$@" ;;
esac
END
chmod +x "$work/count-instructions"

count() { # KIND COUNT
    local crate=$work/$1-$2
    mkdir -p "$crate/src"
    cat >"$crate/Cargo.toml" <<END
[package]
name = "measured"
version = "0.0.0"
edition = "2024"
[dependencies]
policy-core = { path = "$workspace/policy-core", default-features = false, features = ["values"] }
policy-macros = { path = "$workspace/policy-macros" }
serde_json = "1"
[workspace]
END
    { echo '#![allow(unused_imports)]' && source_of "$1" "$2"; } >"$crate/src/lib.rs"
    COUNT_FILE=$work/count RUSTC_WRAPPER=$work/count-instructions CARGO_TARGET_DIR=$work/target CARGO_INCREMENTAL=0 \
        cargo build --quiet --manifest-path "$crate/Cargo.toml" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/count"
}

printf '%-10s %16s %16s %18s\n' '' '10 uses' '100 uses' 'one more use'
kinds=("$@")
[ ${#kinds[@]} -gt 0 ] || kinds=(str constant template json)
for kind in "${kinds[@]}"; do
    few=$(count "$kind" 10)
    many=$(count "$kind" 100)
    printf '%-10s %16s %16s %18s\n' "$kind" "$few" "$many" "$(((many - few) / 90))"
done
