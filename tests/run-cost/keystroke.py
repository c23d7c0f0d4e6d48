#!/usr/bin/env python3
"""The instructions from a keystroke to its diagnostics, and to a completion, in a template of 2,000 lines.

    cargo build --release -p policy-cli
    tests/run-cost/keystroke.py target/release/policy

It needs valgrind. A server is given a few keystrokes, and more of them: the difference is what each costs. A hover after each
keystroke has the text read and checked at once, as a pause in typing does.
"""

import json
import re
import subprocess
import sys

PROGRAM = sys.argv[1]
ROLE = """  Role{number}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {{ Service: lambda.amazonaws.com }}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: p
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Sid: Read
                Effect: Allow
                Action:
                  - s3:GetObject
                  - s3:PutObject
                Resource: !Sub "arn:aws:s3:::bucket-${{AWS::AccountId}}/*"
              - Sid: Log
                Effect: Allow
                Action: [logs:CreateLogStream, logs:PutLogEvents]
                Resource: !Sub "arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/aws/lambda/f{number}:*"
"""
TEMPLATE = "Resources:\n" + "".join(ROLE.format(number=number) for number in range(83))
LINES = TEMPLATE.split("\n")
LINE = max(number for number, line in enumerate(LINES) if "s3:GetObject" in line and number < 1000)
COLUMN = len(LINES[LINE])
URI = "file:///template.yaml"


def at(column):
    return {"line": LINE, "character": column}


def conversation(count, method):
    """A letter is written and removed in turn, and after each something is asked."""
    yield {"id": 1, "method": "initialize", "params": {"capabilities": {}}}
    document = {"uri": URI, "languageId": "yaml", "version": 1, "text": TEMPLATE}
    yield {"method": "textDocument/didOpen", "params": {"textDocument": document}}
    for number in range(count):
        has_letter = number % 2 == 1
        change = {"range": {"start": at(COLUMN), "end": at(COLUMN + has_letter)}, "text": "" if has_letter else "x"}
        parameters = {"textDocument": {"uri": URI, "version": number + 2}, "contentChanges": [change]}
        yield {"method": "textDocument/didChange", "params": parameters}
        parameters = {"textDocument": {"uri": URI}, "position": at(COLUMN - 3)}
        yield {"id": number + 2, "method": f"textDocument/{method}", "params": parameters}
    yield {"id": 0, "method": "shutdown"}
    yield {"method": "exit"}


def instructions(count, method):
    texts = [json.dumps({"jsonrpc": "2.0", **message}) for message in conversation(count, method)]
    stream = "".join(f"Content-Length: {len(text)}\r\n\r\n{text}" for text in texts)
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", PROGRAM, "lsp"]
    run = subprocess.run(command, input=stream, capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1))


print(f"{len(LINES)} lines, {len(TEMPLATE)} bytes")
for what, method in (("diagnostics", "hover"), ("a completion", "completion")):
    each = (instructions(10, method) - instructions(2, method)) / 8
    print(f"a keystroke to {what}: {each / 1e6:.1f} million instructions")
