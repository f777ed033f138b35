"""What `jalons score-at-scale` asks of the engines, writes, and says.

Ibis and its engines are an extra: this module is read without them, and says what to
install.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.grid import Counted
from jalons.analysis.hiding import MISSING, UNASKED
from jalons.analysis.index import Index, indicators_of, ticked
from jalons.analysis.secrecy import INHABITANTS, PROFESSIONALS, TOTAL
from jalons.files.exports import csv_blocks
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.grids import grid_of

try:
    from jalons.scale import engines, protecting, runs
    from jalons.scale.checking import Fault
    from jalons.scale.points import Form
except ModuleNotFoundError as error:  # the extra is not installed
    LACKING = error.name or ""
else:
    LACKING = ""

ENGINES = ("duckdb", "spark")
THRESHOLDS = {"professionals": PROFESSIONALS, "inhabitants": INHABITANTS}
INSTALL = ".venv/bin/uv pip install --require-hashes -r requirements/scale.txt"


class CannotRun(Exception):
    """Why nothing was done, a line each."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(*lines)
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class Asked:
    """One run of the command."""

    form: Form
    sources: runs.Sources
    index: Index | None
    to: Path | None
    engine: str
    master: str
    conf: Mapping[str, str]
    memory: str
    threshold: int


def asked(
    definition: Definition, options: Mapping[str, Any], index: Index | None, to
) -> Asked:
    """What the options say. Raises CannotRun, NotScored."""
    if LACKING:
        message = _("%(package)s is not installed. Run: %(command)s")
        raise CannotRun([message % {"package": LACKING, "command": INSTALL}])
    role = definition.with_role("territory")
    return Asked(
        form=_form(definition),
        sources=runs.Sources(
            answers=tuple(options["answers"]),
            territory=options["territory"] or (role.code if role else "territory"),
            weight=options["weight"],
            contexts=tuple(dict.fromkeys(options["by"])),
            territories=tuple(options["territories"]),
        ),
        index=index,
        to=to,
        engine=options["engine"],
        master=options["master"],
        conf=dict(_settings(options["conf"])),
        memory=options["memory"],
        threshold=THRESHOLDS[options["persons"]],
    )


def _settings(given: Iterable[str]) -> Iterator[tuple[str, str]]:
    for one in given:
        name, equal, value = one.partition("=")
        if not equal:
            raise CannotRun(
                [_("--conf takes NAME=VALUE, not %(given)s.") % {"given": one}]
            )
        yield name, value


def _form(definition: Definition) -> Form:
    grid = grid_of(definition)
    options = {one.code: one.option_codes for one in definition.questions}
    boxes = [item.code for item in grid.items if isinstance(item.rule, Counted)]
    form = Form(grid, {code: options[code] for code in boxes})
    if taken := set(form.questions) & set(runs.OWN):
        message = _("A question cannot be called %(code)s here.")
        raise CannotRun([message % {"code": code} for code in sorted(taken)])
    return form


def run(given: Asked) -> dict[str, Any]:
    """Read, count, write; the report. Raises CannotRun."""
    began = time.monotonic()
    try:
        con = _engine(given)
        read = runs.read(con, given.form, given.sources, given.index)
        report: dict[str, Any] = {"engine": given.engine, "answers": read.count()}
        report["files"] = [] if given.to is None else _write(given, read, report)
    except runs.Refused as error:
        raise CannotRun(
            [line for one in error.faults for line in _told(one)]
        ) from error
    except ValueError as error:
        raise CannotRun([str(error)]) from error
    except engines.FAILURES as error:
        said = next(iter(str(error).splitlines()), type(error).__name__)
        message = _("%(engine)s could not do it: %(said)s")
        raise CannotRun([message % {"engine": given.engine, "said": said}]) from error
    except OSError as error:
        message = _("%(file)s cannot be opened: check its name and its rights.")
        raise CannotRun([message % {"file": error.filename}]) from error
    return report | {"seconds": round(time.monotonic() - began, 1)}


def _engine(given: Asked):
    for path in given.sources.answers + given.sources.territories:
        if "://" not in path and not Path(path).exists():
            message = _("%(file)s cannot be opened: check its name and its rights.")
            raise CannotRun([message % {"file": path}])
    if given.engine == "spark":
        return engines.spark(given.master, given.conf)
    return engines.duckdb(given.memory)


def _write(given: Asked, read: runs.Read, report: dict[str, Any]) -> list[str]:
    """Every file; what holds answers of few is read by its owner only."""
    assert given.to is not None
    found = read.tables()
    safe = protecting.protected(given.form, found, given.threshold)
    files = {
        _("tables-not-to-be-shared.csv"): _exact(found),
        _("tables-to-share.csv"): _shared(safe),
        _("territories-not-to-be-shared.csv"): _territories(given.form, read),
    }
    if given.index:
        files[_("index.csv")] = _index(given.index, read)
    whole = {name: list(rows) for name, rows in files.items()}
    given.to.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, lines in whole.items():
        _put(given.to / name, lines)
    report["rows"] = {name: len(lines) - 1 for name, lines in whole.items()}
    report["hidden"] = safe.hidden
    report["threshold"] = given.threshold
    report["left_out"] = list(safe.left_out)
    return list(files)


def _put(path: Path, lines: Sequence[Sequence[object]]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    opened = os.open(path, flags, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="") as to:
        to.writelines(csv_blocks(list(map(str, lines[0])), lines[1:]))


def _label(code: str) -> str:
    known = {MISSING: _("no answer"), UNASKED: _("not asked"), TOTAL: _("all")}
    known |= {protecting.TICKED: _("ticked"), protecting.NOT_TICKED: _("not ticked")}
    return str(known.get(code, code))


def _exact(found: Sequence[Any]) -> Iterator[Sequence[object]]:
    yield (
        *(_("question"), _("crossed with"), _("value"), _("answer"), _("count")),
        *(_("answers known"), _("everybody"), _("weighted count")),
        *(_("weight of the answers known"), _("sharing")),
    )
    kept = _("not to be shared")
    for table in found:
        for column, value in enumerate(table.values):
            base, weight = table.answered[column], table.answered_weight[column]
            for row, code in enumerate(table.categories):
                cells = table.counts[row, column], table.weights[row, column]
                yield (
                    *(table.variable, table.context, _label(value), _label(code)),
                    *(cells[0], base, table.n[column], cells[1], weight, kept),
                )


def _shared(safe: Any) -> Iterator[Sequence[object]]:
    """A count that is secret is empty, and says so."""
    yield (
        *(_("question"), _("crossed with"), _("value"), _("answer")),
        *(_("count"), _("state")),
    )
    words = {"shown": _("shown"), "secret": _("secret")}
    for one in safe.tables:
        variable, context = one.variables[0], (*one.variables, "")[1]
        for at, cell in one.cells.items():
            answer, value = at[0], (*at, "")[1]
            labels = variable, context, _label(value), _label(answer)
            yield (*labels, cell.count, words[cell.status])


def _territories(form: Form, read: runs.Read) -> Iterator[Sequence[object]]:
    classes, parts = form.grid.classes, form.dimensions
    yield (
        *(_("territory code"), _("answers"), _("points, low"), _("points, high")),
        *(_("least"), _("most"), _("class"), _("uncertain"), _("between two classes")),
        *(f"{one} ({bound})" for one in parts for bound in (_("low"), _("high"))),
        _("sharing"),
    )
    kept = _("not to be shared")
    for row in read.territories():
        yield (
            *(row["territory"], row["n"], row["low"], row["high"]),
            *(row["minimum"], row["maximum"], classes[row["class"]].code),
            *(row["is_uncertain"], row["is_borderline"]),
            *(row[f"{bound}:{one}"] for one in parts for bound in ("low", "high")),
            kept,
        )


def _index(index: Index, read: runs.Read) -> Iterator[Sequence[object]]:
    whole = ticked(index)
    axes = [part.code for part in whole.parts]
    names = [one.code for one in indicators_of(whole)]
    words = {"axis": _("an axis is unknown"), "weight": _("too little is known")}
    yield (
        *(_("territory code"), _("score"), _("rank"), _("share of weight known")),
        *(_("why no score"), *axes, *names),
    )
    for row in read.index(index):
        reason = words.get(row["reason"], "")
        first = row["code"], row["score"], row["rank"], row["known_share"], reason
        yield (*first, *(row[name] for name in [*axes, *names]))


def _told(fault: Fault) -> Iterator[str]:
    """One line for the column, then one for each place found."""
    said = {
        "absent": _("column %(column)s: it is not in the file"),
        "blank": _("column %(column)s: nothing is written"),
        "not_a_number": _("column %(column)s: “%(example)s” is not a number"),
        "unknown_answer": _(
            "column %(column)s: the questionnaire has no answer “%(example)s”"
        ),
        "unknown_territory": _(
            "column %(column)s: “%(example)s” is not in the file of territories"
        ),
    }[fault.kind]
    words = said % {"column": fault.column, "example": fault.example}
    if fault.count:
        lines = ngettext("%(n)d line", "%(n)d lines", fault.count) % {"n": fault.count}
        words = f"{words} ({lines})"
    yield words
    for place in fault.places:
        yield _("  %(file)s, line %(line)d: “%(value)s”") % {
            "file": place.file,
            "line": place.line,
            "value": place.value,
        }


def in_words(report: Mapping[str, Any]) -> Iterator[str]:
    """The report, for whoever ran the command."""
    counts = {"n": report["answers"], "seconds": report["seconds"]}
    yield _("%(n)d answers read in %(seconds)s s.") % counts
    if not report["files"]:
        yield _("Dry run: nothing is written.")
        return
    for name, count in report["rows"].items():
        yield _("%(file)s: %(n)d lines") % {"file": name, "n": count}
    yield _("Counts hidden in what may be shared: %(n)d (under %(threshold)d).") % {
        "n": report["hidden"],
        "threshold": report["threshold"],
    }
    for context in report["left_out"]:
        yield _(
            "The tables crossed with %(context)s cannot be shared: too few people "
            "stand behind them."
        ) % {"context": context}
