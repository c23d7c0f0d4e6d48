#!/usr/bin/env python3
"""Is a mistake in a real file found, on its line?

    tests/mutation/run.py FOLDER [PROGRAM]

Each action that is written out in a policy of the files is changed in one letter, one at a time, so that there is no such action;
`policy check` must report it on its line. Then `/*` is taken from each reference to a bucket that ends in it: what is reported on its
line is counted too. PROGRAM is `policy`, if it is not on the PATH. Exits with 1 if less than 99 % of the letters are found.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(sys.argv[1])
PROGRAM = sys.argv[2] if len(sys.argv) > 2 else "policy"
ACTION = re.compile(r"\b([a-z][a-z0-9-]*):([A-Z][A-Za-z0-9]+)(?![A-Za-z0-9*?])")
OBJECTS = re.compile(r"(\$\{[A-Za-z0-9_.\[\]]*?(?:aws_s3_bucket|[Bb]ucket)[A-Za-z0-9_.\[\]]*\.[Aa]rn\})/\*")
LEAST = 0.99


def run(command, path):
    out = subprocess.run([PROGRAM, command, "--format", "json", str(path)], capture_output=True, text=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def lines(findings, codes=None):
    return {
        (finding["line"], finding["code"], finding["message"])
        for finding in findings
        if codes is None or finding["code"] in codes
    }


def other(name):
    """The name with another last letter, which makes no other action of it."""
    return name[:-1] + ("q" if name[-1] != "q" else "z")


def mutants(text, known):
    """Texts with one letter changed in one action, and the line of each."""
    for match in ACTION.finditer(text):
        before = text[: match.start()]
        is_comment = re.match(r"\s*(#|//)", before.rsplit("\n", 1)[-1])
        if match.group(0).lower() in known and not is_comment:
            mutant = f"{match.group(1)}:{other(match.group(2))}"
            yield before.count("\n") + 1, match.group(0), before + mutant + text[match.end() :]


def without_objects(text):
    for match in OBJECTS.finditer(text):
        before = text[: match.start()]
        yield before.count("\n") + 1, match.group(0), before + match.group(1) + text[match.end() :]


def found(path, text, make, say):
    """How many mutants there are, and of how many something new is reported on the line."""
    before = lines(run("check", path))
    count = reported = 0
    with tempfile.TemporaryDirectory() as folder:
        # Files beside it define what it uses.
        for beside in path.parent.glob("*.tf"):
            (pathlib.Path(folder) / beside.name).write_bytes(beside.read_bytes())
        copy = pathlib.Path(folder) / path.name
        for line, what, mutant in make:
            copy.write_text(mutant, newline="")
            now = lines(run("check", copy))
            count += 1
            if any(own == line for own, _, _ in now - before):
                reported += 1
            elif say:
                print(f"not reported: {path}:{line}: {what}")
    return count, reported


def main():
    total = {"letters": [0, 0], "objects": [0, 0]}
    files = 0
    for path in sorted(FOLDER.rglob("*")):
        if not path.is_file() or path.suffix not in (".tf", ".tofu", ".json", ".yaml", ".yml", ".template"):
            continue
        known = {own["action"].lower() for own in run("actions", path)}
        if not known:
            continue
        files += 1
        text = path.read_bytes().decode()
        for name, make in (("letters", mutants(text, known)), ("objects", without_objects(text))):
            count, reported = found(path, text, make, True)
            total[name][0] += count
            total[name][1] += reported
    for name, (count, reported) in total.items():
        print(f"{name}: {reported} of {count} reported on their line, in {files} files")
    count, reported = total["letters"]
    return 0 if count and reported >= LEAST * count else 1


sys.exit(main())
