"""Every role is made in moto in each of the forms that it is delivered in, and read back equal."""

from __future__ import annotations

import json
import os
import subprocess

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from servers import BIN, Moto
from table import Table
from world import LAB, Json, RoleSet, client, compare_all, make_foreign_policies

# A command of the AWS CLI takes a second. Whether a shell leaves our texts alone does not depend on the partition.
_BY_COMMANDS = [("aws", "own"), ("aws", "own-long"), ("aws-cn", "streaming-prefix")]


def by_api(table: Table, moto: Moto, sets: list[RoleSet]) -> None:
    """As a program does it that has an SDK and our JSON."""
    start_afresh(moto, sets)
    for each in sets:
        iam = client("iam", moto.url, each.region)
        for role in each.roles():
            make(iam, role)
    compare_all(table, "JSON, by the API", moto.url, sets)


def make(iam: BaseClient, role: Json) -> str:
    """The role's ARN."""
    settings = ("RoleName", "Path", "Description", "MaxSessionDuration", "PermissionsBoundary", "Tags")
    settings = {name: role[name] for name in settings if name in role}
    made = iam.create_role(AssumeRolePolicyDocument=json.dumps(role["AssumeRolePolicyDocument"]), **settings)
    name = role["RoleName"]
    for policy in role["Policies"]:
        document = json.dumps(policy["PolicyDocument"])
        iam.put_role_policy(RoleName=name, PolicyName=policy["PolicyName"], PolicyDocument=document)
    for policy in role.get("ManagedPolicies", []):
        document = json.dumps(policy["PolicyDocument"])
        named = {"PolicyName": policy["ManagedPolicyName"], "Path": role.get("Path", "/")}
        arn = iam.create_policy(PolicyDocument=document, **named)["Policy"]["Arn"]
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    for arn in role.get("ManagedPolicyArns", []):
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    return made["Role"]["Arn"]


def by_cloudformation(table: Table, moto: Moto, sets: list[RoleSet], form: str) -> None:
    """`form` is the name of the template's file: plain or portable."""
    theme = f"CloudFormation in moto, {form}"
    start_afresh(moto, sets)
    made = []
    for each in sets:
        cloudformation = client("cloudformation", moto.url, each.region)
        stack = {"StackName": each.name}
        body = (each.folder / f"cloudformation-{form}.json").read_text()
        try:
            cloudformation.create_stack(**stack, TemplateBody=body, Capabilities=["CAPABILITY_NAMED_IAM"])
            status = cloudformation.describe_stacks(**stack)["Stacks"][0]["StackStatus"]
        except ClientError as error:
            status = str(error)
        if status != "CREATE_COMPLETE":
            table.row(theme, each.partition, each.name, "CREATE_COMPLETE", status)
        else:
            made.append(each)
    compare_all(table, theme, moto.url, made)


def by_commands(table: Table, moto: Moto, sets: list[RoleSet]) -> None:
    """The script is run by a shell, with the AWS CLI."""
    chosen = [each for each in sets if (each.partition, each.name) in _BY_COMMANDS]
    start_afresh(moto, chosen)
    for each in chosen:
        settings = {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "AWS_ENDPOINT_URL": moto.url,
            "AWS_DEFAULT_REGION": each.region,
            "AWS_ACCESS_KEY_ID": LAB.key,
            "AWS_SECRET_ACCESS_KEY": LAB.secret,
        }
        script = ["sh", str(each.folder / "commands.sh")]
        ran = subprocess.run(script, env=os.environ | settings, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            table.row("AWS CLI", each.partition, each.name, "exit code 0", ran.stderr.strip())
    compare_all(table, "AWS CLI", moto.url, chosen)
    others = f"{len(sets) - len(chosen)} other sets"
    table.skip("AWS CLI", "all", others, "a command takes a second, and what a shell does to a text these show")


def start_afresh(moto: Moto, sets: list[RoleSet]) -> None:
    """moto without any roles, with the policies that ours name and do not bring."""
    moto.forget()
    make_foreign_policies(moto.url, sets)
