"""What the roles may and may not do, asked of moto with their credentials.

The roles are those that the command line gives somebody who has the ARNs that Secrets Manager issued, and KMS the ids.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from botocore.client import BaseClient
from botocore.exceptions import ClientError

from check_documents import make
from servers import ACCOUNT, Moto
from table import Table
from world import Credentials, Json, client

REGION = "eu-west-1"
STAGING, LIBRARY, FOREIGN = "maia-staging", "maia-extension-library", "somebody-elses"
REPOSITORY = "matillion/etl-agent"
CONDITIONS = "moto ignores conditions, and AWS allows this by way of {} only"

Call = Callable[[], object]


def answered(call: Call) -> str:
    """`allowed`, `refused`, or what else came of it."""
    try:
        call()
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        code = error.response["Error"]["Code"]
        return "refused" if status == 403 or code.startswith("AccessDenied") else f"{code}: {error}"
    return "allowed"


class World:
    """What the roles are about: secrets, keys, buckets, logs and images, some of them nobody's business."""

    def __init__(self, moto: Moto) -> None:
        self.moto = moto
        secrets = client("secretsmanager", moto.url, REGION)
        names = ("snowflake-password", "snowflake-password-other", "platform", "key-pair", "agent", "somebody-elses")
        self.secrets = {name: secrets.create_secret(Name=name, SecretString="{}")["ARN"] for name in names}
        kms = client("kms", moto.url, REGION)
        self.key, self.foreign_key = (kms.create_key()["KeyMetadata"]["KeyId"] for _ in range(2))
        self.ciphertexts = {
            key: kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"] for key in (self.key, self.foreign_key)
        }
        s3 = client("s3", moto.url, REGION)
        for bucket in (STAGING, LIBRARY, FOREIGN):
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
            for key in ("stage/a", "other/a"):
                s3.put_object(Bucket=bucket, Key=key, Body=b"1")
        for group in ("/ecs/lp-task", "/ecs/somebody-elses"):
            client("logs", moto.url, REGION).create_log_group(logGroupName=group)
        for repository in (REPOSITORY, "somebody/elses"):
            client("ecr", moto.url, REGION).create_repository(repositoryName=repository)

    def roles(self, program: Path, preset: str, *options: str) -> dict[str, Credentials]:
        """The roles that the program prints, made, each by its name with credentials as ECS hands them to a task."""
        command = [str(program), preset, "--region", REGION, "--account", ACCOUNT, *options]
        printed = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout
        return {role["RoleName"]: self._assumed(role) for role in json.loads(printed)}

    def _assumed(self, role: Json) -> Credentials:
        arn = make(client("iam", self.moto.url, REGION), role)
        sts = client("sts", self.moto.url, REGION)
        return Credentials.of(sts.assume_role(RoleArn=arn, RoleSessionName="ecs")["Credentials"])

    def user(self, name: str) -> Credentials:
        """Somebody of the account who may assume whatever role lets them."""
        iam = client("iam", self.moto.url, REGION)
        iam.create_user(UserName=name)
        statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": statement})
        iam.put_user_policy(UserName=name, PolicyName="assume", PolicyDocument=document)
        return Credentials.of(iam.create_access_key(UserName=name)["AccessKey"])


@dataclass
class Caller:
    """A role, in the table by its name."""

    table: Table
    world: World
    name: str
    credentials: Credentials
    theme: str

    def _client(self, service: str) -> BaseClient:
        return client(service, self.world.moto.url, REGION, self.credentials)

    def _row(self, what: str, expected: str, call: Call) -> None:
        self.table.row(self.theme, self.name, what, expected, answered(call))

    def skip(self, what: str, reason: str) -> None:
        self.table.skip(self.theme, self.name, what, reason)

    def reads(self, *allowed: str) -> None:
        """These secrets, by ARN and by name, and no other."""
        secrets = self._client("secretsmanager")
        for name, arn in self.world.secrets.items():
            expected = "allowed" if name in allowed else "refused"
            self._row(f"GetSecretValue {name}", expected, partial(secrets.get_secret_value, SecretId=arn))
        for name in allowed[:1]:
            secret = {"SecretId": name}
            self._row(f"GetSecretValue {name}, by its name", "allowed", partial(secrets.get_secret_value, **secret))
            self._row(
                f"PutSecretValue {name}", "refused", partial(secrets.put_secret_value, **secret, SecretString="2")
            )
            self._row(f"DeleteSecret {name}", "refused", partial(secrets.delete_secret, **secret))

    def lists_secrets(self, expected: str) -> None:
        self._row("ListSecrets", expected, lambda: self._client("secretsmanager").list_secrets())

    def decrypts(self, expected: str) -> None:
        """Under the right key; under another never."""
        if expected == "by a service":
            self.skip("Decrypt, under the role's key", CONDITIONS.format("the service of `kms:ViaService`"))
        else:
            self._row("Decrypt, under the role's key", expected, lambda: self._decrypt(self.world.key))
        self._row("Decrypt, under another key", "refused", lambda: self._decrypt(self.world.foreign_key))

    def _decrypt(self, key: str) -> object:
        return self._client("kms").decrypt(CiphertextBlob=self.world.ciphertexts[key])

    def bucket(
        self, name: str, *, listing: str, reading: str, writing: str, deleting: str, folder: str = "stage"
    ) -> None:
        """Who may write does it under a key of its own, so that all the others find what they look for."""
        s3 = self._client("s3")
        key = f"{folder}/{self.name if writing == 'allowed' else 'a'}"
        place = f"{name}/{key}"
        self._row(f"ListObjectsV2 {name}", listing, lambda: s3.list_objects_v2(Bucket=name))
        self._row(f"HeadBucket {name}", listing, lambda: s3.head_bucket(Bucket=name))
        self._row(f"PutObject {place}", writing, lambda: s3.put_object(Bucket=name, Key=key, Body=b"2"))
        self._row(f"GetObject {place}", reading, lambda: s3.get_object(Bucket=name, Key=key))
        self._row(f"DeleteObject {place}", deleting, lambda: s3.delete_object(Bucket=name, Key=key))
        self._row(f"DeleteBucket {name}", "refused", lambda: s3.delete_bucket(Bucket=name))

    def no_bucket(self, *names: str) -> None:
        for name in names:
            self.bucket(name, listing="refused", reading="refused", writing="refused", deleting="refused")

    def objects(self, key: str, expected: str) -> None:
        """Those outside the prefix, in the staging bucket."""
        s3 = self._client("s3")
        self._row(f"GetObject {STAGING}/{key}", expected, lambda: s3.get_object(Bucket=STAGING, Key=key))
        self._row(f"PutObject {STAGING}/{key}", expected, lambda: s3.put_object(Bucket=STAGING, Key=key, Body=b"2"))
        self._row(f"DeleteObject {STAGING}/{key}", expected, lambda: s3.delete_object(Bucket=STAGING, Key=key))

    def logs(self, group: str, expected: str) -> None:
        logs = self._client("logs")
        stream = {"logGroupName": group, "logStreamName": self.name}
        self._row(f"CreateLogStream {group}", expected, lambda: logs.create_log_stream(**stream))
        self._row(
            f"PutLogEvents {group}",
            expected,
            lambda: logs.put_log_events(**stream, logEvents=[{"timestamp": 1, "message": "x"}]),
        )
        self._row("CreateLogGroup", "refused", lambda: logs.create_log_group(logGroupName=f"{group}-new"))

    def pulls(self, repository: str, expected: str) -> None:
        ecr = self._client("ecr")
        images = {"repositoryName": repository, "imageIds": [{"imageTag": "latest"}]}
        self._row(f"BatchGetImage {repository}", expected, lambda: ecr.batch_get_image(**images))


def check(table: Table, moto: Moto, program: Path) -> None:
    moto.enforce(False)
    moto.forget()
    world = World(moto)
    stranger = world.user("stranger")
    roles = _roles(world, program)
    _open_role(world)
    moto.enforce(True)
    try:
        _hybrid(table, world, roles)
        _streaming(table, world, roles)
        _never_works(table, world, roles)
        _strangers(table, world, stranger, list(roles))
    finally:
        moto.enforce(False)


def _roles(world: World, program: Path) -> dict[str, Credentials]:
    secrets = world.secrets
    pipeline = ("--pipeline-secret", secrets["snowflake-password"], "--kms-key", world.key)
    hybrid = ("hybrid", "--platform-secret", secrets["platform"], *pipeline)
    streaming = ("streaming", "--agent-secret", secrets["agent"], *pipeline)
    library = ("--extension-library", LIBRARY, "--script-runner-secret", "key-pair")
    place = ("--logs", "--ecr-repository", REPOSITORY)
    staging = ("--staging-bucket", STAGING, "--staging-prefix", "stage", "--staging-delete")
    page = ("--form", "as-documented")
    commands = [
        (*hybrid, "--name", "lp", *library, *place, *staging),
        (*hybrid, "--name", "page", *page, "--execution-scope", "cmk-secret-and-key"),
        (*hybrid, "--name", "broken-keys", *page, "--execution-scope", "cmk-keys-only-never-works"),
        (*hybrid, "--name", "broken-secret", *page, "--execution-scope", "cmk-secret-only-never-works"),
        (*streaming, "--name", "stream", "--destination-bucket", STAGING, "--destination-prefix", "stage"),
        (*streaming, "--name", "stream-page", *page),
    ]
    return {name: role for command in commands for name, role in world.roles(program, *command).items()}


def _hybrid(table: Table, world: World, roles: dict[str, Credentials]) -> None:
    theme = "moto, Hybrid in least privilege"
    task = Caller(table, world, "lp-task", roles["lp-task"], theme)
    task.reads("snowflake-password")
    task.lists_secrets("allowed")
    task.decrypts("by a service")
    task.bucket(STAGING, listing="allowed", reading="allowed", writing="allowed", deleting="allowed")
    task.objects("other/a", "refused")
    task.bucket(LIBRARY, listing="allowed", reading="allowed", writing="refused", deleting="refused")
    task.no_bucket(FOREIGN)

    execution = Caller(table, world, "lp-execution", roles["lp-execution"], theme)
    execution.reads("platform", "key-pair")
    execution.lists_secrets("refused")
    execution.decrypts("by a service")
    execution.logs("/ecs/lp-task", "allowed")
    execution.logs("/ecs/somebody-elses", "refused")
    execution.pulls(REPOSITORY, "allowed")
    execution.pulls("somebody/elses", "refused")
    execution.no_bucket(STAGING)

    script_runner = Caller(table, world, "lp-script-runner-task", roles["lp-script-runner-task"], theme)
    script_runner.reads()
    script_runner.bucket(LIBRARY, listing="allowed", reading="allowed", writing="refused", deleting="refused")
    script_runner.no_bucket(STAGING)

    theme = "moto, Hybrid as documented"
    task = Caller(table, world, "page-task", roles["page-task"], theme)
    task.reads("snowflake-password")
    task.lists_secrets("allowed")
    task.decrypts("refused")
    task.no_bucket(STAGING)
    execution = Caller(table, world, "page-execution", roles["page-execution"], theme)
    execution.reads("platform")
    execution.lists_secrets("refused")
    execution.decrypts("allowed")
    execution.logs("/ecs/lp-task", "refused")


def _streaming(table: Table, world: World, roles: dict[str, Credentials]) -> None:
    theme = "moto, Streaming in least privilege"
    task = Caller(table, world, "stream-task", roles["stream-task"], theme)
    task.reads("snowflake-password")
    task.lists_secrets("allowed")
    task.decrypts("by a service")
    task.bucket(STAGING, listing="allowed", reading="allowed", writing="allowed", deleting="allowed")
    task.objects("other/a", "refused")
    task.no_bucket(FOREIGN)
    execution = Caller(table, world, "stream-execution", roles["stream-execution"], theme)
    execution.reads("agent")
    execution.lists_secrets("refused")
    execution.decrypts("by a service")
    execution.no_bucket(STAGING)

    theme = "moto, Streaming as documented: every secret and every bucket"
    task = Caller(table, world, "stream-page-task", roles["stream-page-task"], theme)
    task.reads(*world.secrets)
    task.lists_secrets("allowed")
    task.decrypts("refused")
    task.bucket(FOREIGN, listing="allowed", reading="allowed", writing="allowed", deleting="allowed", folder="other")
    execution = Caller(table, world, "stream-page-execution", roles["stream-page-execution"], theme)
    execution.reads("agent")
    execution.lists_secrets("refused")


def _never_works(table: Table, world: World, roles: dict[str, Credentials]) -> None:
    theme = "moto, what the page shows and never works"
    keys = Caller(table, world, "broken-keys-execution", roles["broken-keys-execution"], theme)
    keys.reads()
    keys.decrypts("allowed")
    secret = Caller(table, world, "broken-secret-execution", roles["broken-secret-execution"], theme)
    secret.reads("platform")
    secret.decrypts("refused")


def _open_role(world: World) -> None:
    """A role that the stranger may assume, so that it is the others' trust policies that refuse."""
    principal = {"AWS": f"arn:aws:iam::{ACCOUNT}:user/stranger"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": statement})
    client("iam", world.moto.url, REGION).create_role(RoleName="open", AssumeRolePolicyDocument=document)


def _strangers(table: Table, world: World, stranger: Credentials, roles: list[str]) -> None:
    sts = client("sts", world.moto.url, REGION, stranger)
    theme = "moto, AssumeRole by a user whose own policy allows it"
    for name in ("open", *roles):
        arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
        expected = "allowed" if name == "open" else "refused"
        answer = answered(partial(sts.assume_role, RoleArn=arn, RoleSessionName="stranger"))
        table.row(theme, "stranger", f"AssumeRole {name}", expected, answer)
    unknown = client("s3", world.moto.url, REGION, Credentials("AKIAIOSFODNN7EXAMPLE", "x"))
    table.row("moto, no such key", "nobody", "ListBuckets", "refused", answered(unknown.list_buckets))
    theme = "moto, what is left to evaluators"
    table.skip(theme, "ECS", "AssumeRole for another account", "moto ignores conditions, `aws:SourceAccount` too")
    table.skip(theme, "a pod", "AssumeRoleWithWebIdentity", "moto gives credentials to anyone who asks for it")
    table.skip(theme, "own-partner", "what its boundary forbids", "moto ignores permissions boundaries")
    table.skip(theme, "own-partner", "its folder, by `${aws:userid}`", "moto takes policy variables to the letter")
