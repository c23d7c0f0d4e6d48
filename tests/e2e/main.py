"""Our roles on servers that nobody here wrote: see `README.md`. `main.py FOLDER PROGRAM`.

The roles are in `FOLDER/roles`, and the program is `runner-profiles`.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

import calls_moto
import check_documents
import check_terraform
from servers import Moto, TerraformProvider
from table import Table
from world import RoleSet


def main() -> int:
    folder, program = (Path(argument).resolve() for argument in sys.argv[1:])
    _leave_the_user_alone()
    for number in (signal.SIGTERM, signal.SIGHUP):
        # As Ctrl-C does: what is running is stopped on the way out.
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir()
    table = Table()
    sets = RoleSet.all(folder / "roles")
    with Moto.running(run) as moto:
        program_tf = os.environ.get("TERRAFORM") or shutil.which("terraform")
        _timed("terraform_data", lambda: check_terraform.without_provider(table, program_tf, sets, run / "terraform"))
        with TerraformProvider.running(run, moto) as provider:
            _timed("terraform", lambda: check_terraform.with_provider(table, moto, provider, program_tf, sets, run / "terraform"))
        for form in ("plain", "portable"):
            _timed(f"cloudformation {form}", lambda: check_documents.by_cloudformation(table, moto, sets, form))
        _timed("calls", lambda: calls_moto.check(table, moto, program))
        _timed("by the API", lambda: check_documents.by_api(table, moto, sets))
        _timed("commands", lambda: check_documents.by_commands(table, moto, sets))
    return _told(table, folder)


def _leave_the_user_alone() -> None:
    """No credentials, settings or proxies of whoever runs this."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "TF_")) or name.lower().endswith("_proxy")]:
        del os.environ[name]
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        os.environ[name] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"


def _timed(what, check) -> None:
    start = time.monotonic()
    check()
    print(f"{what}: {time.monotonic() - start:.1f} s", file=sys.stderr)


def _told(table: Table, folder: Path) -> int:
    (folder / "table.txt").write_text(table.full())
    print(table.folded())
    counts = {verdict: table.count(verdict) for verdict in ("ok", "WRONG", "SKIPPED")}
    print(f"{counts['ok']} as expected, {counts['WRONG']} wrong, {counts['SKIPPED']} skipped by name")
    return 1 if counts["WRONG"] or not counts["ok"] else 0


if __name__ == "__main__":
    sys.exit(main())
