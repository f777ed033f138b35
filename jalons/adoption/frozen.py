"""What a version was composed from, in plain values, and how two of them differ.

A line is followed by its number in the database, which its code ("1.b.2") may change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from django.utils.translation import gettext as _

from jalons.adoption.beside import BesideTold, beside_of, said_of
from jalons.adoption.composition import Composition
from jalons.diagnosis.maturity import Maturity
from jalons.roadmaps.documents import key_facts
from jalons.roadmaps.exports import (
    ActionTold,
    InspirationTold,
    RoadmapTold,
    StakeTold,
    WorkstreamTold,
    told_of,
)
from jalons.roadmaps.models import Action, Inspiration, Line
from jalons.roadmaps.models.studies import read_study
from jalons.roadmaps.money import euros

Fate = Literal["came", "went", "changed"]
Key = tuple[str, str]


class PartTold(TypedDict):
    code: str
    title: str
    is_shown: bool
    words: str


class LevelTold(TypedDict):
    """What the survey published of an EPCI on the day of the version."""

    epci: str
    survey: str
    state: str
    grade: str


class Frozen(TypedDict):
    """A roadmap, and the parts of its document with the words of the team.

    `facts` are its key figures as they were told, `maturity` the level shown, if any,
    `beside` what is said of each action elsewhere; the first versions had none.
    """

    roadmap: RoadmapTold
    parts: list[PartTold]
    facts: NotRequired[list[dict[str, str]]]
    maturity: NotRequired[LevelTold | None]
    beside: NotRequired[dict[str, BesideTold]]


@dataclass(frozen=True, slots=True)
class Field:
    """What is said under one heading of a line, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line as it stood: its name, and what it says under each heading."""

    name: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that came, went or changed; the name is the latest one."""

    fate: Fate
    name: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every difference, in the order of the later version; what went comes last."""

    differences: Sequence[Difference]
    kept: int

    def count(self, fate: Fate) -> int:
        return sum(one.fate == fate for one in self.differences)

    @property
    def came(self) -> int:
        return self.count("came")

    @property
    def went(self) -> int:
        return self.count("went")

    @property
    def changed(self) -> int:
        return self.count("changed")


def frozen_of(composed: Composition) -> Frozen:
    return {
        "roadmap": told_of(composed.plan),
        "parts": [
            {
                "code": one.placed.kind.code,
                "title": str(one.placed.kind.title),
                "is_shown": one.placed.row.is_shown,
                "words": one.placed.row.words,
            }
            for one in composed.parts
        ],
        "facts": [asdict(one) for one in key_facts(composed.plan).items],
        "maturity": _level(composed.level),
        "beside": beside_of(composed.plan),
    }


def _level(found: Maturity | None) -> LevelTold | None:
    if found is None:
        return None
    return {
        "epci": found.epci,
        "survey": found.slug,
        "state": found.state,
        "grade": found.grade,
    }


def compare(before: Frozen, after: Frozen) -> Comparison:
    """What came, went and changed between two versions of one roadmap.

    What a first version did not keep is not known: it is not said to have come.
    """
    both = "beside" in before and "beside" in after
    old, new = (dict(_lines(one, is_whole=both)) for one in (before, after))
    found = [_difference(old.get(key), line) for key, line in new.items()]
    gone = [_difference(line, None) for key, line in old.items() if key not in new]
    differences = [one for one in (*found, *gone) if one]
    return Comparison(differences, len(found) + len(gone) - len(differences))


def _difference(before: Told | None, after: Told | None) -> Difference | None:
    shown = after or before
    assert shown is not None
    labels = dict.fromkeys([*(before.said if before else ()), *shown.said])
    fields = [
        Field(
            label,
            before.said.get(label, "") if before else "",
            after.said.get(label, "") if after else "",
        )
        for label in labels
    ]
    changed = [one for one in fields if one.before != one.after]
    if before and after:
        return Difference("changed", shown.name, changed) if changed else None
    return Difference("came" if after else "went", shown.name, changed)


def _lines(frozen: Frozen, *, is_whole: bool) -> Iterator[tuple[Key, Told]]:
    roadmap = frozen["roadmap"]
    beside = _beside(frozen) if is_whole else {}
    yield ("sheet", ""), _sheet(roadmap)
    for rank, part in enumerate(frozen["parts"], start=1):
        yield ("part", part["code"]), _part(part, rank)
    for stake in roadmap["stakes"]:
        yield ("stake", str(stake["id"])), _stake(stake)
        for stream in stake["workstreams"]:
            yield ("workstream", str(stream["id"])), _workstream(stream)
            for action in stream["actions"]:
                pk = str(action["id"])
                yield ("action", pk), _action(action, beside.get(pk, {}))


def _beside(frozen: Frozen) -> dict[str, dict[str, str]]:
    names = {
        action["id"]: f"{action['code']} {action['action']}"
        for stake in frozen["roadmap"]["stakes"]
        for stream in stake["workstreams"]
        for action in stream["actions"]
    }
    told = frozen.get("beside", {})
    return {pk: said_of(one, names) for pk, one in told.items()}


def _sheet(told: RoadmapTold) -> Told:
    said = {
        _("Title"): told["title"],
        _("Territory"): told["territory"],
        _("Territories covered"): ", ".join(told["territory_codes"]),
        _("The shared direction"): told["course"],
        _("Horizon, in years"): str(told["horizon_years"]),
        _("Elected sponsor"): told["sponsor"],
        _("Project lead"): told["lead"],
        _("Project group"): ", ".join([*told["group"], *told["others_in_group"]]),
        _("Funders"): ", ".join(told["funders"]),
        _("Start of the approach"): told["starts_on"] or "",
        _("Target date of adoption"): told["adoption_on"] or "",
    }
    return Told(_("The project sheet"), said)


def _part(told: PartTold, rank: int) -> Told:
    shown = _("yes") if told["is_shown"] else _("no")
    said = {
        _("Place in the document"): str(rank),
        _("In the document"): shown,
        _("Your words"): told["words"],
    }
    return Told(_("Part “%(title)s”") % {"title": told["title"]}, said)


def _stake(told: StakeTold) -> Told:
    number = str(told["number"])
    said = {_("Number"): number, _("Stake"): told["text"]}
    return Told(_("Stake %(code)s") % {"code": number}, said)


def _workstream(told: WorkstreamTold) -> Told:
    said = {
        _("Number"): told["code"],
        _("Title"): told["title"],
        _("We will have succeeded if…"): told["success"],
        _("Feasibility"): told["feasibility"],
        _("Qualities"): ", ".join(told["qualities"]),
        _("Themes"): ", ".join(told["themes"]),
        _("Experiences examined"): " · ".join(map(_examined, told["inspirations"])),
        **{
            str(kind.label): " · ".join(told["lines"].get(kind.value, ()))
            for kind in Line.Kind
        },
    }
    return Told(_("Workstream %(code)s") % {"code": told["code"]}, said)


def _examined(told: InspirationTold) -> str:
    verdict = Inspiration.Verdict(told["verdict"]).label
    named = ", ".join(filter(None, (told["experience"], told["carried_by"])))
    return f"{named} ({verdict} – {told['reason']})"


def _action(told: ActionTold, beside: Mapping[str, str]) -> Told:
    money = [
        f"{one['funder']} {euros(Decimal(one['amount']) if one['amount'] else None)}"
        for one in told["budget"]
    ]
    said = {
        _("Number"): told["code"],
        _("Action"): told["action"],
        _("Who leads it"): told["lead"],
        _("Partners"): ", ".join(told["partners"]),
        _("Elected contact"): told["referent"],
        _("Begins on"): told["starts_on"] or "",
        _("Ends on"): told["ends_on"] or "",
        _("Status"): str(Action.Status(told["status"]).label),
        _("Budget"): " · ".join(money),
        _("Steps"): " · ".join(told["steps"]),
        _("Resources"): " · ".join(told["resources"]),
        _("Indicators"): " · ".join(told["indicators"]),
        _("Needs"): ", ".join(told["needs"]),
        _("Feasibility"): " · ".join(_studied(told)),
        **beside,
    }
    return Told(_("Action %(code)s") % {"code": told["code"]}, said)


def _studied(told: ActionTold) -> Iterator[str]:
    for one in read_study(told["feasibility"]):
        if one.outcome:
            words = f"{one.aspect.label}: {one.outcome.label}"
            yield f"{words} ({one.note})" if one.note else words
