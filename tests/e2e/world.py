"""The roles that were rendered, clients that call servers on loopback, and reading roles back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.config import Config

from table import Table

Json = Any


@dataclass(frozen=True)
class RoleSet:
    """Roles that are deployed together, with the folder that has them in every form."""

    name: str
    partition: str
    region: str
    warnings: list[str]
    broken: str | None
    folder: Path

    @classmethod
    def all(cls, folder: Path) -> list[RoleSet]:
        index = json.loads((folder / "index.json").read_text())
        return [cls(**{**entry, "folder": folder / entry["folder"]}) for entry in index]

    def roles(self) -> list[Json]:
        """What the roles are, as CloudFormation names their parts."""
        return json.loads((self.folder / "roles.json").read_text())


@dataclass(frozen=True)
class Credentials:
    key: str
    secret: str
    token: str | None = None

    @classmethod
    def of(cls, answer: Json) -> Credentials:
        """As IAM and STS answer them."""
        return cls(answer["AccessKeyId"], answer["SecretAccessKey"], answer.get("SessionToken"))


LAB = Credentials("lab", "lab-secret")


@cache
def client(service: str, url: str, region: str, credentials: Credentials = LAB) -> BaseClient:
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=url,
        aws_access_key_id=credentials.key,
        aws_secret_access_key=credentials.secret,
        aws_session_token=credentials.token,
        config=Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}),
    )


@dataclass
class Deployed:
    """All roles of an account in a partition, as the server has them."""

    roles: dict[str, Json]

    @classmethod
    def read(cls, iam: BaseClient) -> Deployed:
        """By two calls that tell of all roles, and two for each managed policy of the account."""
        listed = {role["RoleName"]: role for role in _pages(iam, "list_roles", "Roles")}
        details = _pages(iam, "get_account_authorization_details", "RoleDetailList", Filter=["Role"])
        return cls({role["RoleName"]: _found(iam, listed[role["RoleName"]], role) for role in details})

    def compared(self, role: Json) -> str:
        """`equal`, or in what the role differs from the one that the server has."""
        found = self.roles.get(role["RoleName"])
        if found is None:
            return "it is not there"
        wanted = _wanted(role)
        found = _split(found, list(wanted["managed policies"]))
        differing = [part for part in wanted if wanted[part] != found[part]]
        return "; ".join(f"{part}: {_apart(found[part], wanted[part])}" for part in differing) or "equal"


def _apart(found: Json, wanted: Json) -> str:
    """Where the texts begin to differ."""
    found, wanted = (json.dumps(value, ensure_ascii=False) for value in (found, wanted))
    pairs = enumerate(zip(found, wanted, strict=False))
    same = next((index for index, (one, other) in pairs if one != other), min(len(found), len(wanted)))
    start = max(same - 30, 0)
    return f"{found[start : same + 30]!r} and not {wanted[start : same + 30]!r}"


def _wanted(role: Json) -> dict[str, Json]:
    return {
        "path": role.get("Path", "/"),
        "description": role.get("Description", ""),
        "session duration": role.get("MaxSessionDuration", 3600),
        "boundary": role.get("PermissionsBoundary", ""),
        "tags": _tags(role.get("Tags", [])),
        "trust policy": role["AssumeRolePolicyDocument"],
        "inline policies": {each["PolicyName"]: each["PolicyDocument"] for each in role["Policies"]},
        "managed policies": {
            each["ManagedPolicyName"]: {"path": role.get("Path", "/"), "document": each["PolicyDocument"]}
            for each in role.get("ManagedPolicies", [])
        },
        "attached policies": sorted(role.get("ManagedPolicyArns", [])),
    }


def _found(iam: BaseClient, listed: Json, role: Json) -> Json:
    return {
        "path": role["Path"],
        "description": listed.get("Description", ""),
        "session duration": listed["MaxSessionDuration"],
        "boundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", ""),
        "tags": _tags(role.get("Tags", [])),
        "trust policy": role["AssumeRolePolicyDocument"],
        "inline policies": {each["PolicyName"]: each["PolicyDocument"] for each in role["RolePolicyList"]},
        "attached": {each["PolicyArn"]: _managed(iam, each["PolicyArn"]) for each in role["AttachedManagedPolicies"]},
    }


def _managed(iam: BaseClient, arn: str) -> Json:
    """Nothing of those that are AWS's own."""
    if ":iam::aws:" in arn:
        return None
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
    return policy["PolicyName"], {"path": policy["Path"], "document": version["Document"]}


def _split(found: Json, own: list[str]) -> Json:
    """The attached policies apart: those that the role brought with it, and the others."""
    brought = {arn: policy for arn, policy in found["attached"].items() if policy and policy[0] in own}
    others = sorted(arn for arn in found["attached"] if arn not in brought)
    return found | {"managed policies": dict(brought.values()), "attached policies": others}


def _pages(iam: BaseClient, call: str, member: str, **arguments: Json) -> list[Json]:
    return [each for page in iam.get_paginator(call).paginate(**arguments) for each in page[member]]


def compare_all(table: Table, theme: str, url: str, sets: list[RoleSet]) -> None:
    """A row for each set: its roles, as they are on the server."""
    deployed: dict[str, Deployed] = {}
    for each in sets:
        if each.partition not in deployed:
            deployed[each.partition] = Deployed.read(client("iam", url, each.region))
        answers = [(role["RoleName"], deployed[each.partition].compared(role)) for role in each.roles()]
        wrong = "; ".join(f"{name}: {answer}" for name, answer in answers if answer != "equal")
        table.row(theme, each.partition, each.name, "read back equal", wrong or "read back equal", folds=True)


def make_foreign_policies(url: str, sets: list[RoleSet]) -> None:
    """The policies that roles name and do not bring with them, in every partition of the sets."""
    allow_all = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
    for region in {each.partition: each.region for each in sets}.values():
        iam = client("iam", url, region)
        for path, name in (("/", "runner-boundary"), ("/teams/", "read-glue")):
            iam.create_policy(PolicyName=name, Path=path, PolicyDocument=json.dumps(allow_all))


def _tags(tags: list[Json]) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags}
