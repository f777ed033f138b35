"""What happened to the lines of a roadmap and to the words of its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from jalons.adoption.models import Part
from jalons.histories.telling import Field, Said, fields_of, name_of, said_of
from jalons.roadmaps.figures import Plan
from jalons.roadmaps.models import Revision

Kind, Fate = Revision.Kind, Revision.Fate


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands today: its number if it has one, how often it was written."""

    code: str
    words: str
    version: int


Places = Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class Change:
    """One writing: who, when, of which line, what it changed.

    `place` is None once the line was removed.
    """

    revision: Revision
    words: str
    place: Place | None
    fields: Sequence[Field]
    moved_from: str
    moved_to: str

    @property
    def line(self) -> str:
        return str(self.revision)

    @property
    def is_removal(self) -> bool:
        return self.revision.fate == Fate.REMOVED


@dataclass(frozen=True, slots=True)
class Earlier:
    """A state that may be put back: what it says, and what that would change today."""

    revision: Revision
    words: str
    place: Place | None
    said: Said
    fields: Sequence[Field]
    version: int


def places_of(plan: Plan) -> Places:
    """Every line and text of today, by the name that a button gives it."""
    found: dict[str, Place] = {}
    for stake in plan.stakes:
        found[f"stake-{stake.row.pk}"] = Place(
            str(stake.number), stake.row.text, stake.row.version
        )
    for stream in plan.workstreams:
        found[f"workstream-{stream.row.pk}"] = Place(
            stream.code, stream.row.title, stream.row.version
        )
    for one in plan.actions:
        found[f"action-{one.row.pk}"] = Place(
            one.code, one.row.description, one.row.version
        )
    for part in Part.objects.filter(roadmap=plan.roadmap).only("code", "version"):
        words = name_of(Kind.PART, {"code": part.code})
        found[f"part-{part.pk}"] = Place("", words, part.version)
    return found


def revisions_of(plan: Plan, line: tuple[str, int] | None) -> QuerySet[Revision]:
    """Of the whole roadmap or of one line, the latest first."""
    found: QuerySet[Revision] = plan.roadmap.revisions.order_by("-pk")
    if line:
        found = found.filter(kind=line[0], row=line[1])
    before = Revision.objects.filter(
        roadmap=OuterRef("roadmap"),
        kind=OuterRef("kind"),
        row=OuterRef("row"),
        pk__lt=OuterRef("pk"),
    )
    return found.annotate(before=Subquery(before.order_by("-pk").values("pk")[:1]))


def changes_of(
    revisions: Iterable[Revision], places: Places, *, whole: bool = False
) -> list[Change]:
    """Each beside the one before it of the same line: one query more."""
    rows = list(revisions)
    before = {one.pk: getattr(one, "before", None) for one in rows}
    earlier = Revision.objects.in_bulk([pk for pk in before.values() if pk])
    return [
        _change(one, earlier.get(before[one.pk] or 0), places, whole) for one in rows
    ]


def earlier_of(revision: Revision, latest: Revision, places: Places) -> Earlier:
    """What putting this state back would change of what is written now."""
    kind, place = revision.kind, places.get(str(revision))
    return Earlier(
        revision=revision,
        words=name_of(kind, revision.state),
        place=place,
        said=said_of(kind, revision.state),
        fields=fields_of(kind, latest.state, revision.state, whole=True)
        if place
        else [],
        version=place.version if place else 0,
    )


def _change(
    one: Revision, before: Revision | None, places: Places, whole: bool
) -> Change:
    kind, place = one.kind, places.get(str(one))
    was, now = _above(before, places), _above(one, places)
    return Change(
        revision=one,
        words=name_of(kind, one.state),
        place=place,
        fields=fields_of(
            kind, before.state if before else None, one.state, whole=whole
        ),
        moved_from=was if was != now else "",
        moved_to=now if was != now else "",
    )


def _above(one: Revision | None, places: Places) -> str:
    """The number, or nothing, of the line under which it stood."""
    if one is None or "above" not in one.state:
        return ""
    kind = Kind.STAKE if one.kind == Kind.WORKSTREAM else Kind.WORKSTREAM
    place = places.get(f"{kind}-{one.state['above']}")
    return f"{place.code} {place.words}" if place else ""
