"""Our roles on servers that nobody here wrote: `main.py FOLDER PROGRAM`; see `README.md`.

`FOLDER/roles` has the roles in every form, and `PROGRAM` is `runner-profiles`.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import calls_moto
import calls_seaweedfs
import check_documents
import check_linters
import check_terraform
from servers import Moto, SeaweedFS, TerraformProvider
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
    _timed("linters", lambda: _lint(table, sets))
    with SeaweedFS.running(run) as seaweedfs:
        _timed("SeaweedFS", lambda: calls_seaweedfs.check(table, seaweedfs, sets))
    with Moto.running(run) as moto:
        _timed("moto, calls", lambda: calls_moto.check(table, moto, program))
        _timed("moto, by its API", lambda: check_documents.by_api(table, moto, sets))
        _timed("moto, AWS CLI", lambda: check_documents.by_commands(table, moto, sets))
        for form in ("plain", "portable"):
            check = partial(check_documents.by_cloudformation, table, moto, sets, form)
            _timed(f"moto, CloudFormation, {form}", check)
        _terraform(table, moto, sets, run)
    return _told(table, folder)


def _lint(table: Table, sets: list[RoleSet]) -> None:
    check_linters.by_cfn_lint(table, sets)
    check_linters.by_parliament(table, sets)


def _terraform(table: Table, moto: Moto, sets: list[RoleSet], run: Path) -> None:
    terraform = os.environ.get("TERRAFORM") or shutil.which("terraform")
    if terraform is None:
        reason = "there is no `terraform`, and no package registry has it: install it, or say where it is by TERRAFORM"
        for what in ("with the stand-in provider", "own terraform_data"):
            table.skip("Terraform", "all", f"{len(sets)} sets, {what}", reason)
        print(f"left out: Terraform: {reason}")
        return
    folder = run / "terraform"
    _timed("terraform_data", lambda: check_terraform.without_provider(table, terraform, sets, folder))
    with TerraformProvider.running(run, moto) as provider:
        check = check_terraform.with_provider
        _timed("Terraform", lambda: check(table, moto, provider, terraform, sets, folder))


def _leave_the_user_alone() -> None:
    """No credentials, settings or proxies of the user who runs this."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "TF_")) or name.lower().endswith("_proxy")]:
        del os.environ[name]
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        os.environ[name] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"


def _timed(what: str, check: Callable[[], None]) -> None:
    start = time.monotonic()
    check()
    print(f"{what}: {time.monotonic() - start:.0f} s", file=sys.stderr)


def _told(table: Table, folder: Path) -> int:
    """The exit code."""
    (folder / "table.txt").write_text(table.full())
    print(table.folded())
    counts = {verdict: table.count(verdict) for verdict in ("ok", "WRONG", "SKIPPED")}
    print(f"{counts['ok']} as expected, {counts['WRONG']} wrong, {counts['SKIPPED']} skipped by name")
    return 1 if counts["WRONG"] or not counts["ok"] else 0


if __name__ == "__main__":
    sys.exit(main())
