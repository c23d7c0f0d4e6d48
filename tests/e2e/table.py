"""What was called, as whom, what was expected, what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby


@dataclass(frozen=True)
class Row:
    """A call with its answer, or a call that was not made, with the reason."""

    theme: str
    who: str
    what: str
    expected: str
    answered: str
    skipped: str = ""
    folds: bool = False

    @property
    def verdict(self) -> str:
        if self.skipped:
            return "SKIPPED"
        return "ok" if self.answered == self.expected else "WRONG"

    def cells(self) -> tuple[str, ...]:
        answer = f"SKIPPED: {self.skipped}" if self.skipped else self.answered
        return self.verdict, self.who, self.what, self.expected, answer


@dataclass
class Table:
    """All rows, in the order of the calls."""

    rows: list[Row] = field(default_factory=list)

    def row(self, theme: str, who: str, what: str, expected: str, answered: str, *, folds: bool = False) -> None:
        """A call; where it `folds`, it is printed together with its like as long as all is as expected."""
        self.rows.append(Row(theme, who, what, expected, answered, folds=folds))

    def skip(self, theme: str, who: str, what: str, reason: str) -> None:
        """What is not called, or whose answer says nothing."""
        self.rows.append(Row(theme, who, what, "", "", skipped=reason))

    def count(self, verdict: str) -> int:
        return sum(row.verdict == verdict for row in self.rows)

    def full(self) -> str:
        """Every row."""
        return _text(self._by_theme())

    def folded(self) -> str:
        """Every row, but of those that fold and are as expected only how many there are."""
        return _text(list(_folded(self._by_theme())))

    def _by_theme(self) -> list[Row]:
        """The themes in the order in which they began."""
        themes = list(dict.fromkeys(row.theme for row in self.rows))
        return sorted(self.rows, key=lambda row: themes.index(row.theme))


def _folded(rows: list[Row]) -> Iterator[Row]:
    """The first of each kind of row that folds represents all."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        if row.folds and row.verdict == "ok":
            alike[row.theme, row.who, row.expected].append(row.what)
    for row in rows:
        if not row.folds or row.verdict != "ok":
            yield row
        elif names := alike.pop((row.theme, row.who, row.expected), []):
            yield replace(row, what=f"{len(names)} of them: {_shortened(', '.join(names))}")


def _shortened(text: str, width: int = 60) -> str:
    return text if len(text) <= width else f"{text[: width - 4]} ..."


def _text(rows: list[Row]) -> str:
    lines: list[str] = []
    for theme, group in groupby(rows, lambda row: row.theme):
        cells = [("", "as", "call", "expected", "answered"), *(row.cells() for row in group)]
        widths = [min(max(map(len, column)), 100) for column in zip(*cells, strict=True)]
        lines += ["", f"## {theme}"]
        for row in cells:
            padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            lines.append("  ".join(padded).rstrip())
    return "\n".join(lines) + "\n"
