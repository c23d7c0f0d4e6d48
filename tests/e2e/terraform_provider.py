"""A stand-in for the Terraform provider `hashicorp/aws`, as far as our files need it.

It calls the IAM and the STS of `AWS_ENDPOINT_URL`. Which attributes there are, and which of them are required or
known after the apply only, is as in https://registry.terraform.io/providers/hashicorp/aws/latest/docs. Terraform is
told of it by `TF_REATTACH_PROVIDERS`, so that one process serves every run.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from tf import runner
from tf.iface import DataSource, Provider, Resource
from tf.schema import Attribute, Schema
from tf.types import Bool, Map, Number, String, TfType
from tf.utils import Diagnostics

State = dict[str, Any]


class Aws(Provider):
    region = "us-east-1"

    def client(self, service: str) -> BaseClient:
        return _client(service, self.region)

    def get_model_prefix(self) -> str:
        return "aws_"

    def full_name(self) -> str:
        return "registry.terraform.io/hashicorp/aws"

    def get_provider_schema(self, diags: Diagnostics) -> Schema:
        return Schema(attributes=[_optional("region")])

    def validate_config(self, diags: Diagnostics, config: State) -> None:
        pass

    def configure_provider(self, diags: Diagnostics, config: State) -> None:
        self.region = config["region"] or self.region

    def get_data_sources(self) -> list[type[DataSource]]:
        return [Partition, Region, CallerIdentity]

    def get_resources(self) -> list[type[Resource]]:
        return [Role, RolePolicy, Policy, Attachment]


_CLIENTS: dict[tuple[str, str], BaseClient] = {}


def _client(service: str, region: str) -> BaseClient:
    if (service, region) not in _CLIENTS:
        _CLIENTS[service, region] = boto3.client(service, region_name=region)
    return _CLIENTS[service, region]


def _optional(name: str, kind: TfType | None = None, **more: Any) -> Attribute:
    return Attribute(name, kind or String(), optional=True, **more)


def _required(name: str, **more: Any) -> Attribute:
    return Attribute(name, String(), required=True, **more)


def _computed(name: str) -> Attribute:
    return Attribute(name, String(), computed=True)


class _Data(DataSource):
    attributes: tuple[str, ...]

    def __init__(self, provider: Aws) -> None:
        self.provider = provider

    @classmethod
    def get_schema(cls) -> Schema:
        return Schema(attributes=[_computed(name) for name in cls.attributes])

    def read(self, ctx: Any, config: State) -> State:
        identity = self.provider.client("sts").get_caller_identity()
        _, partition, _, _, account, _ = identity["Arn"].split(":", 5)
        region = self.provider.region
        known = {"partition": partition, "region": region, "account_id": account, "arn": identity["Arn"]}
        known["id"] = {"aws_partition": partition, "aws_region": region}.get(f"aws_{self.get_name()}", account)
        return {name: known[name] for name in self.attributes}


class Partition(_Data):
    attributes = ("id", "partition")

    @classmethod
    def get_name(cls) -> str:
        return "partition"


class Region(_Data):
    attributes = ("id", "region")

    @classmethod
    def get_name(cls) -> str:
        return "region"


class CallerIdentity(_Data):
    attributes = ("id", "account_id", "arn")

    @classmethod
    def get_name(cls) -> str:
        return "caller_identity"


class _Resource(Resource):
    """What is the same of all: an error of IAM is an error of the run, and what is gone is gone from the state."""

    def __init__(self, provider: Aws) -> None:
        self.iam = provider.client("iam")

    def create(self, ctx: Any, planned: State) -> State | None:
        try:
            return planned | self.made(planned)
        except ClientError as error:
            ctx.diagnostics.add_error(f"{ctx.type_name} is not made", str(error))
            return None

    def read(self, ctx: Any, current: State) -> State | None:
        try:
            found = self.found(current)
        except self.iam.exceptions.NoSuchEntityException:
            return None
        return None if found is None else current | _as_written(current, found)

    def update(self, ctx: Any, current: State, planned: State) -> State | None:
        ctx.diagnostics.add_error(f"{ctx.type_name} is not changed", "the stand-in only makes and deletes")
        return None

    def made(self, planned: State) -> State:
        """Makes it; what is known only then."""
        raise NotImplementedError

    def found(self, current: State) -> State | None:
        """What IAM has."""
        raise NotImplementedError


def _as_written(current: State, found: State) -> State:
    """What is equal stays as it was written: JSON is compared as JSON, as the real provider does."""
    return {name: current[name] if _equal(current[name], value) else value for name, value in found.items()}


def _equal(written: Any, found: Any) -> bool:
    if isinstance(found, dict) and isinstance(written, str):
        return json.loads(written) == found
    return written == found or (written is None and found in ("", "/", 3600, {}))


class Role(_Resource):
    @classmethod
    def get_name(cls) -> str:
        return "iam_role"

    @classmethod
    def get_schema(cls) -> Schema:
        return Schema(
            attributes=[
                _computed("id"),
                _computed("arn"),
                _computed("unique_id"),
                _required("assume_role_policy"),
                _optional("name", requires_replace=True),
                _optional("path", requires_replace=True),
                _optional("description"),
                _optional("max_session_duration", Number()),
                _optional("permissions_boundary"),
                _optional("force_detach_policies", Bool()),
                _optional("tags", Map(String())),
            ]
        )

    def made(self, planned: State) -> State:
        named = {
            "Path": planned["path"],
            "Description": planned["description"],
            "MaxSessionDuration": planned["max_session_duration"],
            "PermissionsBoundary": planned["permissions_boundary"],
            "Tags": [{"Key": key, "Value": value} for key, value in (planned["tags"] or {}).items()],
        }
        named = {name: value for name, value in named.items() if value}
        document = planned["assume_role_policy"]
        role = self.iam.create_role(RoleName=planned["name"], AssumeRolePolicyDocument=document, **named)["Role"]
        return {"id": role["RoleName"], "arn": role["Arn"], "unique_id": role["RoleId"]}

    def found(self, current: State) -> State:
        role = self.iam.get_role(RoleName=current["id"])["Role"]
        return {
            "assume_role_policy": role["AssumeRolePolicyDocument"],
            "path": role["Path"],
            "description": role.get("Description", ""),
            "max_session_duration": role["MaxSessionDuration"],
            "permissions_boundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", ""),
            "tags": {tag["Key"]: tag["Value"] for tag in role.get("Tags", [])},
        }

    def delete(self, ctx: Any, current: State) -> None:
        self.iam.delete_role(RoleName=current["id"])


class RolePolicy(_Resource):
    @classmethod
    def get_name(cls) -> str:
        return "iam_role_policy"

    @classmethod
    def get_schema(cls) -> Schema:
        named = [_required("role", requires_replace=True), _optional("name", requires_replace=True)]
        return Schema(attributes=[_computed("id"), *named, _required("policy")])

    def made(self, planned: State) -> State:
        named = {"RoleName": planned["role"], "PolicyName": planned["name"]}
        self.iam.put_role_policy(**named, PolicyDocument=planned["policy"])
        return {"id": f"{planned['role']}:{planned['name']}"}

    def found(self, current: State) -> State:
        named = {"RoleName": current["role"], "PolicyName": current["name"]}
        return {"policy": self.iam.get_role_policy(**named)["PolicyDocument"]}

    def delete(self, ctx: Any, current: State) -> None:
        self.iam.delete_role_policy(RoleName=current["role"], PolicyName=current["name"])


class Policy(_Resource):
    @classmethod
    def get_name(cls) -> str:
        return "iam_policy"

    @classmethod
    def get_schema(cls) -> Schema:
        named = [_optional(name, requires_replace=True) for name in ("name", "path", "description")]
        return Schema(attributes=[_computed("id"), _computed("arn"), *named, _required("policy")])

    def made(self, planned: State) -> State:
        named = {"Path": planned["path"], "Description": planned["description"]}
        named = {name: value for name, value in named.items() if value}
        policy = self.iam.create_policy(PolicyName=planned["name"], PolicyDocument=planned["policy"], **named)["Policy"]
        return {"id": policy["Arn"], "arn": policy["Arn"]}

    def found(self, current: State) -> State:
        policy = self.iam.get_policy(PolicyArn=current["id"])["Policy"]
        version = self.iam.get_policy_version(PolicyArn=current["id"], VersionId=policy["DefaultVersionId"])
        return {"policy": version["PolicyVersion"]["Document"], "path": policy["Path"]}

    def delete(self, ctx: Any, current: State) -> None:
        self.iam.delete_policy(PolicyArn=current["id"])


class Attachment(_Resource):
    @classmethod
    def get_name(cls) -> str:
        return "iam_role_policy_attachment"

    @classmethod
    def get_schema(cls) -> Schema:
        named = [_required(name, requires_replace=True) for name in ("role", "policy_arn")]
        return Schema(attributes=[_computed("id"), *named])

    def made(self, planned: State) -> State:
        self.iam.attach_role_policy(RoleName=planned["role"], PolicyArn=planned["policy_arn"])
        return {"id": f"{planned['role']}-{planned['policy_arn']}"}

    def found(self, current: State) -> State | None:
        attached = self.iam.list_attached_role_policies(RoleName=current["role"])["AttachedPolicies"]
        return {} if any(each["PolicyArn"] == current["policy_arn"] for each in attached) else None

    def delete(self, ctx: Any, current: State) -> None:
        self.iam.detach_role_policy(RoleName=current["role"], PolicyArn=current["policy_arn"])


if __name__ == "__main__":
    runner.run_provider(Aws(), [sys.argv[0], "--dev"])
