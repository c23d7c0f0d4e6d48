"""What users with our roles' policies may do in an S3 that looks at conditions, too: SeaweedFS."""

from __future__ import annotations

import json
import time

from calls_moto import FOREIGN, Call, answered
from servers import SeaweedFS
from table import Table
from world import Credentials, RoleSet, client

REGION = "us-east-1"
STAGING, DESTINATION, LIBRARY = "maia-staging", "maia-streaming", "maia-extension-library"
KEYS = ("a", "stage/a", "cdc/a", "stagecoach/a")


class Lab:
    def __init__(self, table: Table, server: SeaweedFS, sets: list[RoleSet]) -> None:
        self.table, self.server = table, server
        self.sets = {each.name: each for each in sets if each.partition == "aws"}
        admin = Credentials(server.KEY, server.SECRET)
        self.iam = client("iam", server.url, REGION, admin)
        s3 = client("s3", server.url, REGION, admin)
        for bucket in (STAGING, DESTINATION, LIBRARY, FOREIGN):
            s3.create_bucket(Bucket=bucket)
            for key in KEYS:
                s3.put_object(Bucket=bucket, Key=key, Body=b"1")

    def user(self, set_name: str, role_name: str) -> User:
        """A user with the policy of the role: SeaweedFS has no roles without a configuration of its own."""
        role = next(each for each in self.sets[set_name].roles() if each["RoleName"] == role_name)
        self.iam.create_user(UserName=role_name)
        (policy,) = role["Policies"]
        document = json.dumps(policy["PolicyDocument"])
        self.iam.put_user_policy(UserName=role_name, PolicyName=policy["PolicyName"], PolicyDocument=document)
        key = self.iam.create_access_key(UserName=role_name)["AccessKey"]
        return User(self.table, f"SeaweedFS, {set_name}", role_name, self.server, Credentials.of(key))


class User:
    def __init__(self, table: Table, theme: str, name: str, server: SeaweedFS, credentials: Credentials) -> None:
        self.table, self.theme, self.name = table, theme, name
        self.s3 = client("s3", server.url, REGION, credentials)

    def _row(self, what: str, expected: str, call: Call) -> None:
        self.table.row(self.theme, self.name, what, expected, answered(call))

    def objects(self, bucket: str, key: str, *, reading: str, writing: str, deleting: str) -> None:
        """`key` is there; what is written and deleted is its neighbour."""
        new = {"Bucket": bucket, "Key": f"{key}-{self.name}"}
        self._row(f"GetObject {bucket}/{key}", reading, lambda: self.s3.get_object(Bucket=bucket, Key=key))
        self._row(f"PutObject {bucket}/{new['Key']}", writing, lambda: self.s3.put_object(**new, Body=b"2"))
        self._row(f"DeleteObject {bucket}/{new['Key']}", deleting, lambda: self.s3.delete_object(**new))

    def all_objects(self, bucket: str, key: str, expected: str) -> None:
        self.objects(bucket, key, reading=expected, writing=expected, deleting=expected)

    def lists(self, bucket: str, expected: str, prefix: str | None = None) -> None:
        named = {"Bucket": bucket} | ({"Prefix": prefix} if prefix else {})
        what = f"ListObjectsV2 {bucket}{f' prefix {prefix}' if prefix else ''}"
        self._row(what, expected, lambda: self.s3.list_objects_v2(**named))

    def heads(self, bucket: str, expected: str) -> None:
        self._row(f"HeadBucket {bucket}", expected, lambda: self.s3.head_bucket(Bucket=bucket))

    def deletes(self, bucket: str) -> None:
        self._row(f"DeleteBucket {bucket}", "refused", lambda: self.s3.delete_bucket(Bucket=bucket))


def check(table: Table, server: SeaweedFS, sets: list[RoleSet]) -> None:
    lab = Lab(table, server, sets)
    bucket = lab.user("hybrid-bucket", "hybrid-bucket-task")
    prefix = lab.user("hybrid-prefix", "hybrid-prefix-task")
    strict = lab.user("hybrid-strict", "hybrid-strict-task")
    script_runner = lab.user("hybrid-strict", "hybrid-strict-script-runner-task")
    streaming = lab.user("streaming-prefix", "streaming-prefix-task")
    page = lab.user("streaming-page-secrets", "streaming-page-secrets-task")
    time.sleep(2)  # SeaweedFS tells itself of new policies by and by.

    for key in KEYS[:2]:
        bucket.all_objects(STAGING, key, "allowed")
    bucket.lists(STAGING, "allowed")
    bucket.heads(STAGING, "allowed")

    prefix.all_objects(STAGING, "stage/a", "allowed")
    prefix.lists(STAGING, "allowed")
    prefix.heads(STAGING, "allowed")

    strict.all_objects(STAGING, "stage/a", "allowed")
    strict.lists(STAGING, "allowed", "stage/")
    strict.lists(STAGING, "refused", "stagecoach/")
    strict.lists(STAGING, "refused")

    for user in (prefix, strict):
        for key in ("a", "stagecoach/a"):
            user.all_objects(STAGING, key, "refused")
    for user in (bucket, prefix, strict, script_runner):
        user.objects(LIBRARY, "a", reading="allowed", writing="refused", deleting="refused")
        user.lists(LIBRARY, "allowed")

    streaming.all_objects(DESTINATION, "cdc/a", "allowed")
    streaming.lists(DESTINATION, "allowed")
    streaming.all_objects(DESTINATION, "stage/a", "refused")

    for user in (bucket, prefix, strict, script_runner, streaming):
        user.all_objects(FOREIGN, "stage/a", "refused")
        user.lists(FOREIGN, "refused")
        user.deletes(STAGING)

    for name in (STAGING, FOREIGN):
        page.all_objects(name, "a", "allowed")
        page.lists(name, "allowed")
        page.deletes(name)
