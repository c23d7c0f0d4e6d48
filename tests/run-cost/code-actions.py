#!/usr/bin/env python3
"""The instructions of the language server for the actions of a whole file, by its findings, and for a change, by its lines.

    cargo build --release -p policy-cli
    tests/run-cost/code-actions.py target/release/policy

It needs valgrind. What grows with the size of the file alone is the same for each finding, and for each change.
"""

import json
import re
import subprocess
import sys

PROGRAM = sys.argv[1]
ACTIONS = '["s3:GetObject", "s3:GetObjct"]'


def yaml(count):
    policy = """  P{number}:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{{ Effect: Allow, Action: {actions}, Resource: "arn:aws:s3:::b{number}/*" }}]
"""
    return "Resources:\n" + "".join(policy.format(number=number, actions=ACTIONS) for number in range(count))


def hcl(count):
    policy = """data "aws_iam_policy_document" "p{number}" {{
  statement {{
    actions   = {actions}
    resources = ["arn:aws:s3:::b{number}/*"]
  }}
}}
"""
    return "".join(policy.format(number=number, actions=ACTIONS) for number in range(count))


def conversation(name, text, messages):
    uri = f"file:///{name}"
    yield {"id": 1, "method": "initialize", "params": {"capabilities": {}}}
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
    yield {"method": "textDocument/didOpen", "params": {"textDocument": document}}
    for message in messages:
        message["params"]["textDocument"] = {"uri": uri, "version": 2}
        yield message
    yield {"id": 0, "method": "shutdown"}
    yield {"method": "exit"}


def instructions(name, text, messages):
    texts = [json.dumps({"jsonrpc": "2.0", **message}) for message in conversation(name, text, messages)]
    stream = "".join(f"Content-Length: {len(text)}\r\n\r\n{text}" for text in texts)
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, "lsp"]
    run = subprocess.run(command, input=stream, capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1))


def at(line):
    return {"line": line, "character": 0}


def of_actions(name, text):
    everything = {"start": at(0), "end": at(text.count("\n"))}
    message = {"id": 2, "method": "textDocument/codeAction", "params": {"range": everything, "context": {}}}
    return instructions(name, text, [message]) - instructions(name, text, [])


def of_changes(lines, count):
    def change(line):
        change = {"range": {"start": at(line), "end": at(line)}, "text": "x"}
        return {"method": "textDocument/didChange", "params": {"contentChanges": [change]}}

    text = "\n" * lines
    messages = [change(line) for line in range(count)]
    return instructions("a.yaml", text, messages) - instructions("a.yaml", text, messages[:1])


for name, text in (("a.yaml", yaml), ("a.tf", hcl)):
    for count in (100, 200, 400):
        print(f"{name}, {count} findings: {of_actions(name, text(count)) / count / 1e6:.2f} million instructions for each")
for lines in (50_000, 100_000):
    print(f"{lines} lines: {of_changes(lines, 1000) / 1000 / 1e3:.1f} thousand instructions for a change")
