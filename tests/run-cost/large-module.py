#!/usr/bin/env python3
"""Seconds of the processor to check folders of 1,000 to 8,000 files that are one module of Terraform, by what their policies use:
nothing, a local value of their own or of the first file, a data source. Twice the files should take about twice the time.

    cargo build --release -p policy-cli
    tests/run-cost/large-module.py target/release/policy
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

COUNTS = (1000, 2000, 4000, 8000)


def file(number, value, more):
    policy = f'jsonencode({{ Statement = [{{ Effect = "Deny", Action = "s3:*", Resource = {value} }}] }})'
    return f'resource "aws_iam_policy" "p{number}" {{\n  policy = {policy}\n}}\n{more}'


def with_data_source(number):
    data = f'data "aws_iam_policy_document" "d{number}" {{\n  statement {{\n    actions = ["s3:*"]\n    resources = ["*"]\n  }}\n}}\n'
    return f'{data}resource "aws_iam_policy" "p{number}" {{\n  policy = data.aws_iam_policy_document.d{number}.json\n}}\n'


FAMILIES = {
    "nothing": lambda number: file(number, '"*"', ""),
    "own-local": lambda number: file(number, f"local.r{number}", f'locals {{\n  r{number} = "*"\n}}\n'),
    "local-of-the-first": lambda number: file(number, "local.r0", f'locals {{\n  r{number} = "*"\n}}\n'),
    "local-defined-by-all": lambda number: file(number, "local.r", 'locals {\n  r = "*"\n}\n'),
    "local-unknown": lambda number: file(number, "local.x", f'locals {{\n  r{number} = "*"\n}}\n'),
    "variable": lambda number: file(number, "var.r", f'locals {{\n  r{number} = "*"\n}}\n'),
    "data-source": with_data_source,
}


def seconds(program, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "check", "--no-config", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime


def main():
    program = Path(sys.argv[1]).resolve()
    print(" " * 22 + "".join(f"{count:>8}" for count in COUNTS))
    for name, family in FAMILIES.items():
        line = f"{name:<22}"
        for count in COUNTS:
            with tempfile.TemporaryDirectory() as folder:
                for number in range(count):
                    (Path(folder) / f"m{number}.tf").write_text(family(number))
                line += f"{seconds(program, folder):8.2f}"
        print(line, flush=True)


main()
