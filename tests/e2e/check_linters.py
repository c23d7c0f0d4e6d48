"""What two linters say of the roles. Both find what is marked broken, and nothing in what is not."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import parliament

from servers import BIN
from table import Table
from world import RoleSet

_FORMS = ("plain", "portable")
# What both know of.
_KNOWN = ("aws", "aws-cn", "aws-us-gov")
_FITS_NOTHING = {"cfn-lint": "I3510", "parliament": "RESOURCE_MISMATCH"}
# "Is this wide?": of the pages' own policies it is known that they are, and said by our warnings.
_WIDE = "RESOURCE_STAR"


def by_cfn_lint(table: Table, sets: list[RoleSet]) -> None:
    """With its hints (`-c I`), among which is that an action fits no resource."""
    partitions = dict.fromkeys(each.partition for each in sets)
    grouped = [[each for each in sets if each.partition == partition] for partition in partitions]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for here, ran in zip(grouped, pool.map(_cfn_lint, grouped), strict=True):
            _tell(table, here, ran)


def _template(each: RoleSet, form: str) -> str:
    return str(each.folder / f"cloudformation-{form}.json")


def _cfn_lint(here: list[RoleSet]) -> subprocess.CompletedProcess[str]:
    templates = [_template(each, form) for each in here for form in _FORMS]
    command = [str(BIN / "cfn-lint"), "-c", "I", "--format", "json", "--regions", here[0].region, "--template"]
    return subprocess.run([*command, *templates], capture_output=True, text=True, check=False)


def _tell(table: Table, here: list[RoleSet], ran: subprocess.CompletedProcess[str]) -> None:
    partition = here[0].partition
    if not ran.stdout:
        table.row("cfn-lint", partition, f"{len(here)} sets", "findings", ran.stderr)
        return
    found: dict[str, set[str]] = defaultdict(set)
    for finding in json.loads(ran.stdout):
        found[finding["Filename"]].add(finding["Rule"]["Id"])
    for each in here:
        for form in _FORMS:
            what = f"{each.name}, {form}"
            if reason := _beyond_cfn_lint(each, form):
                table.skip("cfn-lint", partition, what, reason)
                continue
            said = _said(found[_template(each, form)])
            table.row("cfn-lint", partition, what, _expected("cfn-lint", each), said, folds=True)


def _beyond_cfn_lint(each: RoleSet, form: str) -> str:
    """Why it cannot be right about the template, if so."""
    if form == "portable":
        return "it does not see in `Fn::Sub` which resource an action fits" if each.broken else ""
    trusts = (role["AssumeRolePolicyDocument"] for role in each.roles())
    statements = [statement for trust in trusts for statement in trust["Statement"]]
    if each.partition not in _KNOWN and any("AWS" in statement["Principal"] for statement in statements):
        return f"it takes the ARN of a principal for none but in {', '.join(_KNOWN)}"
    return ""


def by_parliament(table: Table, sets: list[RoleSet]) -> None:
    """Of identity policies; it reads no trust policies."""
    logging.disable(logging.WARNING)
    for partition in dict.fromkeys(each.partition for each in sets if each.partition not in _KNOWN):
        reason = f"it takes no ARN for one but those of {', '.join(_KNOWN)} and of their regions"
        table.skip("parliament", partition, f"{sum(each.partition == partition for each in sets)} sets", reason)
    for each in (each for each in sets if each.partition in _KNOWN):
        found = set()
        for role in each.roles():
            for policy in role["Policies"] + role.get("ManagedPolicies", []):
                analyzed = parliament.analyze_policy_string(json.dumps(policy["PolicyDocument"]))
                found |= {finding.issue for finding in analyzed.findings}
        if each.warnings:
            found.discard(_WIDE)
        table.row("parliament", each.partition, each.name, _expected("parliament", each), _said(found), folds=True)


def _expected(linter: str, each: RoleSet) -> str:
    return _FITS_NOTHING[linter] if each.broken else "nothing"


def _said(found: set[str]) -> str:
    return ", ".join(sorted(found)) or "nothing"
