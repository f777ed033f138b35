"""The sheets by question and facet, and those that go with what is being read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jalons.accounts.models import User
from jalons.library.definitions import Tag, read_tags
from jalons.library.finding import answers_to
from jalons.library.models import Following, Sheet, SheetQuerySet
from jalons.library.tagging import tags_in
from jalons.territories.models import CURRENT_YEAR, Membership, Territory, held_in

FACETS = ("theme", "step", "public", "stake", "place")
FURTHER_COUNT = 3
FURTHER_READ = 60
# What one can do comes before what one can know.
FIRST_KINDS = ("initiative", "tool", "scheme", "story", "ecosystem", "landmark")
CAUTIONS: dict[str, Promise] = {
    Sheet.Kind.ECOSYSTEM: _("This list is not exhaustive: other bodies may help you."),
    Sheet.Kind.FIGURE: _(
        "These figures do not measure the same thing, nor among the same people: they "
        "neither compare nor add up."
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The question and the facets of a search; an empty one asks nothing."""

    words: str = ""
    kind: str = ""
    theme: str = ""
    step: str = ""
    public: str = ""
    stake: str = ""
    place: str = ""

    @property
    def tags(self) -> list[str]:
        return [tag for tag in (getattr(self, one) for one in FACETS) if tag]

    @property
    def followable(self) -> list[Tag]:
        """What may be followed of it: its theme, its stake."""
        return read_tags().said([self.theme, self.stake])

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sheets of one kind, as the first page of the library tells them."""

    kind: Sheet.Kind
    count: int


def sheets_that_suit(asked: Asked) -> list[Sheet]:
    """Best first when there is a question, else by kind and title."""
    suiting = _suiting(asked)
    if asked.words.strip():
        return [one.sheet for one in answers_to(asked.words, among=suiting)]
    order = {kind: rank for rank, kind in enumerate(Sheet.Kind.values)}
    found = list(suiting.select_related("territory", "space"))
    return sorted(found, key=lambda one: (order[one.kind], one.title))


def _suiting(asked: Asked) -> SheetQuerySet:
    found: SheetQuerySet = Sheet.objects.public()
    if asked.kind:
        found = found.filter(kind=asked.kind)
    for tag in asked.tags:
        found = found.tagged(tag)
    return found


def caution(kind: str) -> str:
    """How to read the sheets of one kind."""
    return str(CAUTIONS.get(kind, ""))


def without(asked: Asked, name: str) -> Asked:
    """The same search, with one facet less."""
    return replace(asked, **{name: ""})


def shelves() -> list[Shelf]:
    """How many sheets there are of each kind, in one query."""
    kinds = list(Sheet.objects.public().values_list("kind", flat=True))
    return [Shelf(kind, kinds.count(kind)) for kind in Sheet.Kind if kind in kinds]


def further(tags: Iterable[str], *, limit: int = FURTHER_COUNT) -> list[Sheet]:
    """The sheets that share most tags with what is being read, in one query."""
    wanted = set(tags)
    if not wanted:
        return []
    asked = Q()
    for tag in wanted:
        asked |= Q(tags__icontains=f'"{tag}"')
    found = Sheet.objects.public().filter(asked, kind__in=FIRST_KINDS)
    rows = found.defer("content", "summary_en").order_by("code")[:FURTHER_READ]
    ranked = sorted(
        rows,
        key=lambda one: (
            -len(wanted.intersection(one.tags)),
            FIRST_KINDS.index(one.kind),
            one.title,
        ),
    )
    return ranked[:limit]


def sheets_about(*texts: str) -> list[Sheet]:
    """The sheets that go with the words of a stake or of a finding, in one query."""
    return further(tags_in(*texts))


def like(sheet: Sheet) -> list[Sheet]:
    """Other sheets about the same things."""
    found = further(sheet.tags, limit=FURTHER_COUNT + 1)
    return [one for one in found if one.pk != sheet.pk][:FURTHER_COUNT]


def written_by_centre(space_pk: int) -> QuerySet[Sheet]:
    """Drafts and sheets of a centre, the last ones first."""
    return Sheet.objects.filter(space=space_pk).order_by("-pk")


def followed_by(user: User) -> QuerySet[Following]:
    found = Following.objects.filter(user=user).select_related("territory")
    return found.order_by("tag", "territory__name")


@dataclass(frozen=True, slots=True)
class NewSheets:
    """What was published about something that a person follows."""

    about: Tag | Territory
    sheets: list[Sheet]


def new_for(user: User, *, since: datetime) -> list[NewSheets]:
    """What is new about what a person follows since a moment: for the digest."""
    wanted = list(followed_by(user))
    if not wanted:
        return []
    recent = list(
        Sheet.objects.public().filter(published_at__gt=since).order_by("-published_at")
    )
    known, inside = read_tags().by_id, _inside(wanted)
    found = []
    for one in wanted:
        about = one.territory or known.get(one.tag)
        sheets = [
            sheet
            for sheet in recent
            if (one.tag in sheet.tags if one.tag else sheet.territory_id in inside[one])
        ]
        if about and sheets:
            found.append(NewSheets(about, sheets))
    return found


def _inside(followed: Iterable[Following]) -> dict[Following, set[str]]:
    """The territories that each one followed holds, itself among them, in one query."""
    codes = {one.territory_id for one in followed if one.territory_id}
    places = {code: {code} for code in codes}
    held = Membership.objects.filter(held_in(CURRENT_YEAR), group__in=codes)
    for member, group in held.values_list("member", "group"):
        places[group].add(member)
    return {one: places.get(one.territory_id or "", set()) for one in followed}
