"""Plants each mistake in a policy of each language, asks each tool about it, and writes the tables of `README.md`.

A mistake is found if a tool reports something more often of the wrong file than of the right one. It is found on its line if that
names a line in which the two files differ or, where something is only missing, a line of the statements.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import tools
import written
from tools import CLOUDFORMATION, JSON, TERRAFORM, File, Finding, Tool

HERE = Path(__file__).parent
LANGUAGES_BY_SUFFIX = {
    ".tf": TERRAFORM,
    ".tofu": TERRAFORM,
    ".yaml": CLOUDFORMATION,
    ".yml": CLOUDFORMATION,
    ".json": CLOUDFORMATION,
}


@dataclass
class Case:
    """A mistake in a language: the file that is meant, and the one that is wrong."""

    mistake: str
    language: str
    right: File
    wrong: File
    # The element that it does not fit, whose lines are as right.
    other: str

    def found(self, right: list[Finding], wrong: list[Finding]) -> str:
        """`line`, `statement`, `file`, or nothing; `crash`, if the tool ended with an error of its own."""
        before, after = (Counter(finding.code for finding in said) for said in (right, wrong))
        new = [finding for finding in wrong if after[finding.code] > before[finding.code]]
        if not new:
            return ""
        if all(finding.code == tools.CRASH for finding in new):
            return tools.CRASH
        text = self.wrong.path.read_text().splitlines()
        statements = _statements(text)
        lines = _differing(self.right.path.read_text().splitlines(), text) or statements
        if self.other:
            lines |= _of_element(self.other, text)
        if any(_is_at(finding, lines, text) for finding in new):
            return "line"
        return "statement" if any(_is_at(finding, statements, text) for finding in new) else "file"


def _differing(right: list[str], wrong: list[str]) -> set[int]:
    """The lines of the wrong file that the right one does not have, from 1 on; none, if something is only missing."""
    right, wrong = ([line.rstrip(", ") for line in text] for text in (right, wrong))
    changes = difflib.SequenceMatcher(None, right, wrong, autojunk=False).get_opcodes()
    lines = {line + 1 for tag, _, _, start, end in changes if tag != "equal" for line in range(start, end)}
    # The line with the name of a value is one of its own.
    before = ((line - 1, wrong[line - 2]) for line in lines)
    opened = {number for number, text in before if re.search(r"[\[{:]$", text) and not _is_statement(text)}
    return lines | opened


def _is_statement(line: str) -> bool:
    return bool(re.search(r"\bstatement\b", line, re.IGNORECASE))


def _statements(text: list[str]) -> set[int]:
    first = next(number for number, line in enumerate(text, 1) if _is_statement(line))
    return set(range(first, len(text) + 1))


def _of_element(name: str, text: list[str]) -> set[int]:
    """The lines of an element: that of its name, and those that are indented below it."""
    lines: set[int] = set()
    for number, line in enumerate(text, 1):
        if re.search(rf"\b{re.escape(name)}s?\b", line, re.IGNORECASE):
            indent = len(line) - len(line.lstrip())
            end = number
            while end < len(text) and len(text[end]) - len(text[end].lstrip()) > indent:
                end += 1
            lines |= set(range(number, end + 1))
    return lines


def _is_at(finding: Finding, lines: set[int], text: list[str]) -> bool:
    if finding.lines:
        return set(range(finding.lines[0], finding.lines[1] + 1)) <= lines
    named = finding.element.lower()
    return bool(named) and any(f'"{named}"' in text[line - 1].lower() for line in lines)


def family(language: str) -> str:
    return language.split(",")[0]


def planted(folder: Path) -> list[Case]:
    cases = []
    for number, mistake in enumerate(tomllib.loads((HERE / "mistakes.toml").read_text())["mistake"]):
        kind = mistake.get("policy", "identity")
        for language, (suffix, write) in written.LANGUAGES.items():
            files = []
            for side in ("right", "wrong"):
                # The files of Terraform of one folder are one configuration.
                path = folder / re.sub(r"\W+", "-", language) / side / f"{number:02}" / f"policy{suffix}"
                text = write(written.whole(mistake[side]), kind)
                if text is not None:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text)
                    files.append(File(path, kind))
            if len(files) == 2:
                cases.append(Case(mistake["name"], language, *files, mistake.get("other", "")))
    return cases


class Results:
    def __init__(self, peers: list[Tool], cases: list[Case]) -> None:
        self.peers = peers
        self.cases = cases
        # By tool, mistake and language: `line`, `file`, or nothing.
        self.found: dict[tuple[str, str, str], str] = {}
        # What each tool reports of right files.
        self.alarms: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
        for tool in peers:
            for language in written.LANGUAGES:
                if family(language) in tool.reads:
                    self._ask(tool, language)

    def _ask(self, tool: Tool, language: str) -> None:
        cases = [case for case in self.cases if case.language == language]
        right = tool.ask([case.right for case in cases], family(language))
        wrong = tool.timed([case.wrong for case in cases], family(language))
        for case in cases:
            before, after = right.get(case.right.path, []), wrong.get(case.wrong.path, [])
            self.found[tool.name, case.mistake, language] = case.found(before, after)
            for finding in before:
                self.alarms[tool.name][finding.code, finding.severity in tool.errors] += 1

    def tables(self) -> str:
        parts = [self._versions(), self._by_language(), self._by_mistake(), self._alarms()]
        return "\n".join(parts)

    def _versions(self) -> str:
        rows = [[tool.name, tool.version(), ", ".join(tool.reads)] for tool in self.peers]
        return table(["tool", "version", "reads"], rows)

    def _by_language(self) -> str:
        head = ["of the mistakes in", *(tool.name for tool in self.peers)]
        rows = []
        for language in written.LANGUAGES:
            names = [case.mistake for case in self.cases if case.language == language]
            row = [f"{language}: {len(names)}"]
            for tool in self.peers:
                found = Counter(self.found.get((tool.name, name, language)) for name in names)
                is_read = family(language) in tool.reads
                row.append(f"{found['line']} + {found['statement']} + {found['file']}" if is_read else "")
            rows.append(row)
        timed = ["ms for a file of JSON, Terraform, CloudFormation"]
        for tool in self.peers:
            times = (tool.milliseconds.get(language) for language in (JSON, TERRAFORM, CLOUDFORMATION))
            timed.append(" / ".join("" if time is None else f"{time:.1f}" for time in times))
        return table(head, [*rows, timed])

    def _by_mistake(self) -> str:
        rows = []
        for mistake in dict.fromkeys(case.mistake for case in self.cases):
            languages = [case.language for case in self.cases if case.mistake == mistake]
            row = [mistake]
            for tool in self.peers:
                asked = [language for language in languages if family(language) in tool.reads]
                found = Counter(self.found[tool.name, mistake, language] for language in asked)
                row.append(_cell(found, len(asked)))
            rows.append(row)
        return table(["mistake", *(tool.name for tool in self.peers)], rows)

    def _alarms(self) -> str:
        rows = []
        for tool in self.peers:
            said = sorted(self.alarms[tool.name].items(), key=lambda own: (not own[0][1], -own[1], own[0][0]))
            wrong = ", ".join(f"{code} {count}" for (code, is_error), count in said if is_error)
            hints = ", ".join(f"{code} {count}" for (code, is_error), count in said if not is_error)
            rows.append([tool.name, wrong or "nothing", hints or "nothing"])
        return table(["tool", "reported as wrong", "hints"], rows)


def of_real_files(peers: list[Tool], folder: Path) -> str:
    """What each tool reports of files that people wrote and use."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in LANGUAGES_BY_SUFFIX]
    rows = []
    for tool in peers:
        own = [File(path) for path in files if LANGUAGES_BY_SUFFIX[path.suffix] in tool.reads]
        if tool.name == "cfn-lint":
            # It takes everything for a template.
            own = [file for file in own if "Resources" in file.path.read_text()]
        if not own:
            continue
        said = tool.timed(own, "files of people")
        counts: Counter[str] = Counter()
        hints = 0
        for finding in (finding for findings in said.values() for finding in findings):
            if finding.severity in tool.errors:
                counts[finding.code] += 1
            else:
                hints += 1
        ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        codes = ", ".join(f"{code} {count}" for code, count in ordered)
        spent = f"{tool.milliseconds['files of people']:.0f}"
        rows.append([tool.name, str(len(own)), spent, codes or "nothing", str(hints)])
    return table(["tool", "files", "ms for a file", "reported as wrong", "hints"], rows)


def _cell(found: Counter[str], asked: int) -> str:
    places = (word for word in ("line", "statement", "file", tools.CRASH) if found[word])
    words = [word if found[word] == asked else f"{word} {found[word]}/{asked}" for word in places]
    return ", ".join(words) if asked else "not read"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("peers", type=Path, help="the folder into which run.sh has installed the tools")
    arguments.add_argument("policy", type=Path, help="the program `policy`")
    arguments.add_argument("--real", type=Path, help="a folder of files that people wrote and use")
    arguments.add_argument("--without", action="append", default=[], help="a tool that is not asked")
    asked = arguments.parse_args()
    peers, program = asked.peers.resolve(), asked.policy.resolve()
    every = [
        tools.Policy(peers, program),
        tools.LanguageServer(peers),
        tools.CfnLint(peers),
        tools.Parliament(peers),
        tools.IamPolicyValidator(peers),
        tools.SyntaxValidator(peers, HERE / "syntax_validator.mjs"),
        tools.Checkov(peers),
    ]
    every = [tool for tool in every if tool.name not in asked.without]
    results = Results(every, planted(peers / "planted"))
    pages = {"planted": results.tables()}
    if asked.real:
        pages["real"] = of_real_files(every, asked.real.resolve())
    page = HERE / "README.md"
    text = page.read_text()
    for name, tables in pages.items():
        before, rest = text.split(f"<!-- {name}: written by run.sh -->\n")
        _, after = rest.split(f"<!-- end of {name} -->\n")
        text = f"{before}<!-- {name}: written by run.sh -->\n\n{tables}\n<!-- end of {name} -->\n{after}"
    page.write_text(text)
    for (tool, mistake, language), found in results.found.items():
        if tool == every[0].name and found != "line":
            print(f"policy does not find on its line: {mistake}, in {language}", file=sys.stderr)


main()
