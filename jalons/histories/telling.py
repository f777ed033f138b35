"""A state of a line, in the words of its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jalons.adoption.parts import KINDS as PARTS
from jalons.documents.words import date_format
from jalons.histories.marking import Mark, marked, shortened
from jalons.roadmaps.models import Action, Line, Need, Revision
from jalons.roadmaps.models.studies import read_study
from jalons.roadmaps.money import euros
from jalons.roadmaps.revising import State

Kind = Revision.Kind
Said = Mapping[str, str]
LONG = 60
"""Beyond these characters two wordings are told word by word."""


@dataclass(frozen=True, slots=True)
class Field:
    """What one heading said before and says after; `marks` when it is long."""

    label: str
    before: str
    after: str
    marks: Sequence[Mark]


def name_of(kind: str, state: State) -> str:
    """The line in its own words, as it stood then."""
    match kind:
        case Kind.STAKE:
            return str(state["text"])
        case Kind.WORKSTREAM:
            return str(state["title"])
        case Kind.ACTION:
            return str(state["description"])
    part = PARTS.get(state["code"])
    return str(part.title) if part else str(state["code"])


def fields_of(
    kind: str, before: State | None, after: State, *, whole: bool = False
) -> list[Field]:
    """What changed between two states, heading by heading, nothing else."""
    old: Said = said_of(kind, before) if before is not None else {}
    new = said_of(kind, after)
    return [
        _field(label, old.get(label, ""), words, whole)
        for label, words in new.items()
        if old.get(label, "") != words
    ]


def said_of(kind: str, state: State) -> Said:
    """Everything that a state says, under the headings of its form."""
    match kind:
        case Kind.STAKE:
            return {_("Stake"): state["text"]}
        case Kind.WORKSTREAM:
            return _workstream(state)
        case Kind.ACTION:
            return _action(state)
    shown = _("yes") if state["is_shown"] else _("no")
    return {_("Your words"): state["words"], _("In the document"): shown}


def _field(label: str, before: str, after: str, whole: bool) -> Field:
    is_long = before and after and max(len(before), len(after)) > LONG
    marks = marked(before, after) if is_long else []
    return Field(label, before, after, marks if whole else shortened(marks))


def _workstream(state: State) -> Said:
    qualities = (
        ("is_transversal", _("transversal")),
        ("is_strategic", _("strategic")),
        ("is_feasible", _("feasible")),
    )
    held = [words for name, words in qualities if state[name]]
    return {
        _("Title"): state["title"],
        _("We will have succeeded if…"): state["success"],
        **{
            str(one.label): "\n".join(state["lines"].get(one.value, ()))
            for one in Line.Kind
        },
        _("Themes"): state["tags"],
        _("Qualities"): ", ".join(held),
        _("Feasibility"): state["feasibility"],
    }


def _action(state: State) -> Said:
    needs = {one.value: str(one.label) for one in Need}
    return {
        _("Action"): state["description"],
        _("Who leads it"): state["lead"],
        _("Partners"): state["partners"],
        _("Elected contact"): state["referent"],
        _("Begins on"): _day(state["starts_on"]),
        _("Ends on"): _day(state["ends_on"]),
        _("Status"): str(Action.Status(state["status"]).label),
        _("Budget"): "\n".join(_money(*one) for one in state["budget"]),
        _("Steps"): state["steps"],
        _("Resources"): state["resources"],
        _("Indicators"): state["indicators"],
        _("Needs"): ", ".join(needs.get(one, one) for one in state["needs"]),
        _("Feasibility"): "\n".join(_studied(state["feasibility"])),
    }


def _day(written: str | None) -> str:
    return date_format(date.fromisoformat(written)) if written else ""


def _money(funder: str, amount: str | None) -> str:
    return f"{funder} {euros(Decimal(amount) if amount is not None else None)}"


def _studied(stored: Mapping[str, Any]) -> list[str]:
    found = []
    for one in read_study(stored):
        if one.outcome or one.note:
            said = [str(one.outcome.label) if one.outcome else "", one.note]
            found.append(f"{one.aspect.label}{_(': ')}{' – '.join(filter(None, said))}")
    return found
