"""Terraform makes every role, from the plain files and from the portable ones, and what it made is read back equal."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from check_documents import start_afresh
from servers import ACCOUNT, Moto, TerraformProvider
from table import Table
from world import LAB, Json, RoleSet, client, compare_all

FORMS = ("plain", "portable")
CHANGES = 2  # the exit code of `plan -detailed-exitcode` where there are any


class Terraform:
    """The program, in a folder of its own."""

    def __init__(self, program: str, folder: Path, settings: dict[str, str]) -> None:
        self.program, self.folder = program, folder
        folder.mkdir(parents=True)
        config = folder / "terraform.rc"
        config.write_text("disable_checkpoint = true\n")
        self.settings = {
            "TF_IN_AUTOMATION": "1",
            "TF_CLI_CONFIG_FILE": str(config),
            "CHECKPOINT_DISABLE": "1",
        } | settings

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [self.program, *arguments, "-no-color"]
        environment = os.environ | self.settings
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)

    def write(self, files: Json) -> None:
        (self.folder / "main.tf.json").write_text(json.dumps(files))


def with_provider(
    table: Table, moto: Moto, provider: TerraformProvider, program: str, sets: list[RoleSet], folder: Path
) -> None:
    """One run for each partition; each set is a module, and moto what the provider calls."""
    settings = {
        "TF_REATTACH_PROVIDERS": provider.reattach,
        "AWS_ACCESS_KEY_ID": LAB.key,
        "AWS_SECRET_ACCESS_KEY": LAB.secret,
    }
    partitions = {each.partition: each.region for each in sets}
    for form in FORMS:
        theme = f"Terraform with the stand-in provider, {form}"
        start_afresh(moto, sets)
        runs = {}
        for partition, region in partitions.items():
            here = [each for each in sets if each.partition == partition]
            terraform = Terraform(program, folder / form / partition, settings)
            terraform.write(_root(here, region, form, terraform.folder))
            for arguments in (["get"], ["apply", "-auto-approve", "-parallelism=4"]):
                ran = terraform.run(*arguments)
                if ran.returncode != 0:
                    table.row(theme, partition, arguments[0], "exit code 0", ran.stderr[-2000:])
            runs[partition] = terraform
        compare_all(table, theme, moto.url, sets)
        _again(table, theme, moto, runs["aws"], partitions["aws"])


def _root(sets: list[RoleSet], region: str, form: str, folder: Path) -> Json:
    modules = {}
    for each in sets:
        module = folder / each.name
        module.mkdir()
        (module / "roles.tf.json").write_text((each.folder / f"terraform-{form}.tf.json").read_text())
        modules[each.name] = {"source": f"./{each.name}"}
    return {"provider": {"aws": {"region": region}}, "module": modules}


def _again(table: Table, theme: str, moto: Moto, terraform: Terraform, region: str) -> None:
    """A second run finds nothing to do, and what is destroyed is gone."""
    plan = terraform.run("plan", "-detailed-exitcode")
    answers = {0: "no changes", CHANGES: f"changes: {plan.stdout[-2000:]}"}
    table.row(theme, "aws", "plan after apply", "no changes", answers.get(plan.returncode, plan.stderr[-2000:]))
    destroy = terraform.run("destroy", "-auto-approve", "-refresh=false")
    left = [role["RoleName"] for role in client("iam", moto.url, region).list_roles()["Roles"]]
    answer = f"left: {left} {destroy.stderr[-2000:]}" if left or destroy.returncode else "nothing left"
    table.row(theme, "aws", "destroy", "nothing left", answer)


def without_provider(table: Table, program: str, sets: list[RoleSet], folder: Path) -> None:
    """Terraform alone: its `terraform_data` gives back what it read our texts as."""
    for form in FORMS:
        terraform = Terraform(program, folder / "data" / form, {})
        homes = {each.partition: _home(each) for each in sets}
        data = {f"{each.partition}_{each.name}": {"input": _values(each, form)} for each in sets}
        terraform.write({"locals": {"home": homes}, "resource": {"terraform_data": data}})
        theme = f"Terraform's own terraform_data, {form}"
        ran = terraform.run("apply", "-auto-approve")
        if ran.returncode != 0:
            table.row(theme, "all", "apply", "exit code 0", ran.stderr[-2000:])
            continue
        resources = json.loads(terraform.run("show", "-json").stdout)["values"]["root_module"]["resources"]
        outputs = {each["name"]: each["values"]["output"] for each in resources}
        for each in sets:
            read = _sorted(outputs[f"{each.partition}_{each.name}"], json.loads)
            answer = _difference(read, _sorted(_meant(each), lambda document: document))
            table.row(theme, each.partition, each.name, "read as meant", answer, folds=True)


def _home(each: RoleSet) -> Json:
    return {"partition": each.partition, "id": each.region, "account_id": ACCOUNT}


def _values(each: RoleSet, form: str) -> list[Json]:
    """The resources with texts of ours, without the attributes that refer to another resource."""
    resources = json.loads((each.folder / f"terraform-{form}.tf.json").read_text())["resource"]
    kept = [
        {name: _at_home(value, each) for name, value in values.items() if "${aws_iam_" not in str(value)}
        for values in (values for kind in resources.values() for values in kind.values())
    ]
    return [values for values in kept if "assume_role_policy" in values or "policy" in values]


def _at_home(value: Json, each: RoleSet) -> Json:
    """`terraform_data` has no provider that could say where it is."""
    if not isinstance(value, str):
        return value
    for source in ("aws_partition", "aws_region", "aws_caller_identity"):
        value = value.replace(f"data.{source}.current.", f'local.home["{each.partition}"].')
    return value


def _meant(each: RoleSet) -> list[Json]:
    """The same of the roles."""
    meant = []
    for role in each.roles():
        values = {
            "name": role["RoleName"],
            "path": role.get("Path"),
            "description": role.get("Description"),
            "max_session_duration": role.get("MaxSessionDuration"),
            "permissions_boundary": role.get("PermissionsBoundary"),
            "tags": {tag["Key"]: tag["Value"] for tag in role.get("Tags", [])} or None,
            "assume_role_policy": role["AssumeRolePolicyDocument"],
        }
        meant.append({name: value for name, value in values.items() if value is not None})
        for policy in role["Policies"]:
            meant.append({"name": policy["PolicyName"], "policy": policy["PolicyDocument"]})
        for policy in role.get("ManagedPolicies", []):
            path = {"path": role["Path"]} if "Path" in role else {}
            meant.append({"name": policy["ManagedPolicyName"], "policy": policy["PolicyDocument"]} | path)
    return meant


def _sorted(resources: list[Json], document: Callable[[Json], Json]) -> list[str]:
    policies = ("assume_role_policy", "policy")
    read = [
        {name: document(value) if name in policies else value for name, value in values.items()} for values in resources
    ]
    return sorted(json.dumps(values, sort_keys=True) for values in read)


def _difference(read: list[str], meant: list[str]) -> str:
    if read == meant:
        return "read as meant"
    return f"{[text for text in read if text not in meant]} and not {[text for text in meant if text not in read]}"
