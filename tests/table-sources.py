#!/usr/bin/env python3
"""How many rows each table of the checker has, and what they are from. A row that has no source of its own has that of its group, the
rows with the same first word, or else that of the table's head. `data` is what AWS publishes to be read by programs: managed policies,
models of its APIs; `sample` its code.

    python3 tests/table-sources.py
"""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent / "policy-core"
KINDS = ["page", "data", "sample", "thread", "none"]
# The kinds of evidence that the rows of `service-principals.txt` have themselves.
WORDS = {"passed": "data", "linked": "data", "calls": "data", "api": "data", "page": "page", "sdk": "sample", "sample": "sample"}


def kinds(text):
    """The kinds of source that a text names."""
    found = set()
    for link in re.findall(r"https://[^\s,;)]+", text):
        is_thread = re.search(r"github\.com/[^/]+/[^/]+/(issues|pull|discussions)/|repost\.aws", link)
        found.add("thread" if is_thread else "page")
    if re.search(r"\bbotocore\b|managed policy|managed policies", text):
        found.add("data")
    return found


def best(found):
    """The strongest of several."""
    return next((kind for kind in KINDS if kind in found), "none")


def count(path):
    lines = path.read_text().splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    of_head = kinds("\n".join(line for line in lines if line.startswith("#")))
    groups = {}
    for row in rows:
        groups.setdefault(row.split(" ")[0], set()).update(kinds(row))
    tally = dict.fromkeys(KINDS, 0)
    for row in rows:
        word = WORDS.get(row.split(" ")[-1]) if path.name == "service-principals.txt" else None
        tally[word or best(kinds(row) or groups[row.split(" ")[0]] or of_head)] += 1
    return rows, tally


print(f"{'table':<28}{'rows':>6}" + "".join(f"{kind:>8}" for kind in KINDS))
for path in sorted(ROOT.glob("src/**/*.txt")) + sorted(ROOT.glob("catalogue-import/data/*.txt")):
    rows, tally = count(path)
    print(f"{path.name:<28}{len(rows):>6}" + "".join(f"{tally[kind]:>8}" for kind in KINDS))
