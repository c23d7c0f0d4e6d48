#!/usr/bin/env python3
"""Seconds to check a folder of 20,000 files, with one thread and with all.

    cargo build --release -p policy-cli
    tests/run-cost/large-folder.py target/release/policy [FOLDER]

The files are made in FOLDER, or in a temporary one: in each of 1,000 folders a module of Terraform with nine files, five templates in
YAML and one in JSON, three policies and two files without a policy, about as people write them. No name is in two folders, so that
nothing is read once for many. The best of five runs is given, as a noisy machine only adds to it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDERS = 1000


def statement(name, number, resource):
    """A statement of one of a few services, as JSON."""
    actions = [
        ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"],
        ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
        ["logs:CreateLogStream", "logs:PutLogEvents"],
    ][number % 4]
    arns = [
        f"arn:aws:s3:::{resource}/*",
        f"arn:aws:sqs:eu-west-1:111122223333:{resource}",
        f"arn:aws:dynamodb:eu-west-1:111122223333:table/{resource}",
        f"arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/{resource}:*",
    ]
    return {"Sid": name, "Effect": "Allow", "Action": actions, "Resource": arns[number % 4]}


def policy(name, count):
    statements = [statement(f"S{number}", number, f"{name}-{number}") for number in range(count)]
    return {"Version": "2012-10-17", "Statement": statements}


def indented(text, by):
    return text.replace("\n", "\n" + " " * by)


TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}


def template(name):
    """A template of CloudFormation, as an object: a bucket, a role with two policies, a function."""
    own = policy(name, 3)
    own["Statement"][0]["Resource"] = {"Fn::Sub": "${Bucket.Arn}/*"}
    return {
        "Description": f"The stack of {name}",
        "Parameters": {"Stage": {"Type": "String", "Default": "test"}},
        "Resources": {
            "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Fn::Sub": name + "-${Stage}"}}},
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "AssumeRolePolicyDocument": TRUST,
                    "Policies": [{"PolicyName": "own", "PolicyDocument": own}],
                },
            },
            "Function": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "Handler": "index.handler",
                    "Runtime": "python3.13",
                    "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                    "Environment": {"Variables": {f"NAME_{number}": f"value {number}" for number in range(10)}},
                    "Code": {"S3Bucket": "code", "S3Key": f"{name}.zip"},
                },
            },
        },
    }


def yaml(value, indent=0):
    """A value in block style."""
    space = " " * indent
    if isinstance(value, dict):
        lines = []
        for key, item in value.items():
            if isinstance(item, (dict, list)):
                lines.append(f"{space}{key}:\n{yaml(item, indent + 2)}")
            else:
                lines.append(f"{space}{key}: {json.dumps(item)}")
        return "\n".join(lines)
    lines = []
    for item in value:
        if isinstance(item, dict):
            lines.append(f"{space}- {yaml(item, indent + 2).lstrip()}")
        else:
            lines.append(f"{space}- {json.dumps(item)}")
    return "\n".join(lines)


def terraform(name):
    """The files of a module."""
    yield "variables.tf", "".join(
        f'variable "{word}" {{\n  type        = string\n  description = "The {word} of {name}"\n}}\n\n'
        for word in ("region", "account", "stage", "owner", "prefix")
    )
    yield "locals.tf", f'locals {{\n  name    = "{name}"\n  actions = ["s3:GetObject", "s3:GetObjectTagging"]\n}}\n'
    yield "outputs.tf", 'output "arn" {\n  value = aws_iam_role.own.arn\n}\n'
    for number in range(3):
        statements = "".join(
            f"""
  statement {{
    sid       = "{one['Sid']}"
    actions   = {json.dumps(one['Action'])}
    resources = ["{one['Resource']}"]
  }}
"""
            for one in policy(f"{name}-{number}", 3)["Statement"]
        )
        yield f"policy-{number}.tf", f"""data "aws_iam_policy_document" "own{number}" {{
  statement {{
    actions   = local.actions
    resources = ["${{aws_s3_bucket.own{number}.arn}}/*"]
  }}
{statements}}}

resource "aws_iam_policy" "own{number}" {{
  name   = "${{local.name}}-{number}"
  policy = data.aws_iam_policy_document.own{number}.json
}}
"""
    body = indented(json.dumps(policy(name, 2), indent=2), 2)
    yield "role.tf", f"""resource "aws_iam_role" "own" {{
  name               = local.name
  assume_role_policy = jsonencode({json.dumps(TRUST)})
}}

resource "aws_iam_role_policy" "own" {{
  role   = aws_iam_role.own.id
  policy = <<-EOF
  {body}
  EOF
}}
"""
    for number in range(2):
        yield f"buckets-{number}.tf", "".join(
            f'resource "aws_s3_bucket" "own{number}{part}" {{\n  bucket = "{name}-{number}{part}"\n\n  tags = {{\n    Name = "{name}"\n'
            f"    Part = \"{part}\"\n  }}\n}}\n\n"
            for part in ("", "a", "b", "c", "d")
        )


def files(name):
    for file, text in terraform(name):
        yield f"terraform/{file}", text
    for number in range(5):
        yield f"stacks/{number}.yaml", yaml(template(f"{name}-{number}")) + "\n"
    yield "stacks/all.json", json.dumps(template(f"{name}-all"), indent=2)
    for number in range(3):
        yield f"policies/{number}.json", json.dumps(policy(f"{name}-{number}", 3), indent=4)
    yield "package.json", json.dumps({"name": name, "dependencies": {f"package-{n}": "1.0.0" for n in range(30)}}, indent=2)
    yield "values.yaml", "".join(f"setting{number}: value\n" for number in range(40))


def make(folder):
    count = size = 0
    for number in range(FOLDERS):
        for file, text in files(f"team-{number}"):
            path = folder / f"team-{number}" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            count, size = count + 1, size + len(text)
    print(f"{count} files, {size / 1e6:.1f} MB, {os.cpu_count()} processors")


def measured(command):
    """The seconds of the best of five runs, by the clock and of the processor."""
    best = None
    for _ in range(5):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best or (seconds, used), (seconds, used))
    return best, run.stderr.strip()


def main():
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        if not (folder / "team-0").exists():
            make(folder)
        for threads in ("1", str(os.cpu_count())):
            (seconds, used), said = measured([program, "check", "--threads", threads, folder])
            print(f"{threads} threads: {seconds:.2f} s, {used:.2f} s of the processor ({said})")


main()
