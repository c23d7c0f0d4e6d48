#!/usr/bin/env bash
# Gives our roles to servers and programs that nobody here wrote: see README.md. It needs Rust and Python 3.11.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p "${CARGO_TARGET_DIR:-target}/e2e"
target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)
folder=$target/e2e
venv=$folder/venv
# Compiled Python belongs there too, and not beside what is in the repository.
export PYTHONPYCACHEPREFIX="$folder/pycache" PIP_DISABLE_PIP_VERSION_CHECK=1

python3 -c 'import sys; sys.exit("Python 3.11 or later is needed" if sys.version_info < (3, 11) else 0)'
wanted=$(python3 --version; cat tests/e2e/requirements.txt)
if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --no-compile -r tests/e2e/requirements.txt
    printf '%s' "$wanted" >"$venv/installed"
fi

# As the other tests are built, so that nothing is built twice.
cargo build --quiet --workspace --all-features --example e2e_roles --bin runner-profiles
rm -rf "$folder/roles"
"$target/debug/examples/e2e_roles" "$folder/roles"
exec "$venv/bin/python" tests/e2e/main.py "$folder" "$target/debug/runner-profiles"
