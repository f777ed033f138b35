"""Every contribution and every vote as lines, those replaced or withdrawn included.

Whoever may not see what is hidden from the room has nothing of what people wrote or
answered there, nor of the votes of a former round.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from jalons.actors.vocabulary import read_vocabulary
from jalons.ecosystems.models import Link
from jalons.files.exports import SIMULATED
from jalons.workshops.definitions import written_kinds
from jalons.workshops.marks import Marks
from jalons.workshops.models import (
    Ballot,
    Item,
    PaperCount,
    Participant,
    Synthesis,
    Workshop,
    Writing,
)


def header() -> list[str]:
    return [
        _("Activity"),
        _("What"),
        _("Round"),
        _("Item number"),
        _("Text or answer"),
        _("Category"),
        _("Change or inertia"),
        _("First name or pseudonym"),
        _("Family"),
        _("Table of the room"),
        _("Counted"),
        _("Received at"),
        _("Stake it answers"),
    ]


def json_text(workshop: Workshop, *, is_team: bool) -> Iterator[str]:
    """One JSON object, a contribution a line; `count` comes last, when it is whole."""
    notice = SIMULATED if workshop.meeting.is_simulated else ""
    head = {"workshop": workshop.meeting.title, "code": workshop.code, "notice": notice}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "contributions": [\n'
    names, count = header(), 0
    for line in lines_of(workshop, is_team=is_team):
        kept: dict[str, object] = dict(zip(names, line, strict=True))
        if notice:
            kept = {"notice": notice, **kept}
        text = json.dumps(kept, ensure_ascii=False, default=_plain)
        yield f",{text}\n" if count else f"{text}\n"
        count += 1
    yield f'], "count": {count}}}\n'


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def family_words(who: Participant | None) -> str:
    """The family of actors in words; nothing when it was not said."""
    if who is None or not who.family:
        return ""
    return str(read_vocabulary().families.get(who.family, who.family))


def table_words(who: Participant | None) -> str:
    """The table where somebody works; nothing without one."""
    return who.table.title if who and who.table else ""


def lines_of(workshop: Workshop, *, is_team: bool) -> Iterator[list[object]]:
    """Ideas first, then votes, in the order in which they came."""
    items = Item.objects.filter(activity__workshop=workshop)
    if not is_team:
        # The workstreams themselves are under the eyes of all; options are the team's.
        hidden = Q(activity__results_shown=False, stake=None)
        written = Q(activity__kind__in=written_kinds()) | ~Q(author=None)
        items = items.exclude(hidden & written)
    with_authors = items.select_related("activity", "author__table", "stake")
    for one in with_authors.order_by("activity__position", "pk"):
        who = one.author
        stands = not (one.withdrawn_at or one.set_aside_at)
        yield [
            one.activity.title,
            _kind(one),
            "",
            one.number,
            one.text,
            one.get_category_display(),
            one.get_direction_display(),
            who.alias if who else "",
            family_words(who),
            table_words(who),
            _("yes") if stands else _("no"),
            one.added_at,
            one.stake.text if one.stake else "",
        ]
    yield from _votes(workshop, is_team=is_team)
    yield from _on_paper(workshop, is_team=is_team)
    yield from _writings(workshop)
    yield from _links(workshop)
    yield from _retained(workshop)


def _kind(item: Item) -> str:
    if item.activity.kind == "workstreams":
        return _("workstream") if item.stake_id else _("stake")
    if item.activity.is_written:
        words = {"questions": _("question"), "cloud": _("word")}
        return words.get(item.activity.kind, _("idea"))
    return _("option")


def answer_words(marks: Marks, texts: Mapping[int, str]) -> str:
    """An answer as people read it, with the words of the options.

    >>> answer_words({"order": [8, 7]}, {7: "Oui", 8: "Non"})
    '1. Non | 2. Oui'
    """
    if "grade" in marks:
        return str(marks["grade"])
    if "impact" in marks:
        return _("impact %(impact)s, mastery %(mastery)s") % marks
    if "feasible" in marks:
        words = _("transversal %(transversal)s, strategic %(strategic)s")
        return words % marks + _(", feasible %(feasible)s") % marks
    if "dots" in marks:
        dots = marks["dots"].items()
        return " | ".join(f"{texts[int(pk)]} ({n})" for pk, n in dots)
    if "order" in marks:
        places = enumerate(marks["order"], start=1)
        return " | ".join(f"{place}. {texts[pk]}" for place, pk in places)
    return " | ".join(texts[pk] for pk in marks["choices"])


def _votes(workshop: Workshop, *, is_team: bool) -> Iterator[list[object]]:
    ballots = Ballot.objects.filter(activity__workshop=workshop)
    if not is_team:
        shown = {"activity__results_shown": True, "round": F("activity__round")}
        ballots = ballots.filter(**shown)
    found = ballots.select_related("activity", "item", "participant__table").order_by(
        "pk"
    )
    options = Item.objects.filter(activity__workshop=workshop)
    texts = {}
    for one in found.iterator(500):
        who = one.participant
        if one.activity_id not in texts:
            of_activity = options.filter(activity=one.activity_id)
            texts[one.activity_id] = dict(of_activity.values_list("pk", "text"))
        counts = one.is_current and one.round == one.activity.round
        yield [
            one.activity.title,
            _("vote"),
            one.round,
            one.item.number if one.item else "",
            answer_words(one.marks, texts[one.activity_id]),
            "",
            "",
            who.alias,
            family_words(who),
            table_words(who),
            _("yes") if counts else _("no"),
            one.cast_at,
            "",
        ]


def _on_paper(workshop: Workshop, *, is_team: bool) -> Iterator[list[object]]:
    counts = PaperCount.objects.filter(item__activity__workshop=workshop)
    if not is_team:
        now = F("item__activity__round")
        counts = counts.filter(item__activity__results_shown=True, round=now)
    for one in counts.select_related("item__activity").order_by("pk"):
        words = _("%(people)s people: impact %(impact)s, mastery %(mastery)s") % {
            "people": one.people,
            "impact": one.impact_points,
            "mastery": one.mastery_points,
        }
        counts_now = one.round == one.item.activity.round
        yield [
            one.item.activity.title,
            _("points on paper"),
            one.round,
            one.item.number,
            words,
            *[""] * 5,
            _("yes") if counts_now else _("no"),
            "",
            "",
        ]


def _writings(workshop: Workshop) -> Iterator[list[object]]:
    written = Writing.objects.filter(item__activity__workshop=workshop)
    found = written.select_related("item__activity", "author__table").order_by("pk")
    for one in found.iterator(500):
        yield [
            one.item.activity.title,
            one.get_column_display(),
            "",
            one.item.number,
            one.text,
            "",
            "",
            one.hand,
            family_words(one.author),
            table_words(one.author),
            _("yes") if one.is_current else _("no"),
            one.written_at,
            "",
        ]


def _links(workshop: Workshop) -> Iterator[list[object]]:
    """Each link of a resource map; its own file says the centres and the owners too."""
    maps = workshop.activities.exclude(map=None)
    links = Link.objects.filter(resource__map__activity__in=maps).order_by("pk")
    found = links.select_related("resource__map__activity", "centre", "resource")
    for one in found.iterator(500):
        resource = one.resource
        stands = one.is_current and not resource.withdrawn_at
        yield [
            resource.map.activity.title,
            _("link of a resource"),
            "",
            "",
            " | ".join([resource.name, one.get_status_display(), str(one.centre)]),
            resource.get_category_display(),
            "",
            one.by,
            "",
            "",
            _("yes") if stands else _("no"),
            one.said_at,
            "",
        ]


def _retained(workshop: Workshop) -> Iterator[list[object]]:
    """What each table retained, former wordings included."""
    written = Synthesis.objects.filter(activity__workshop=workshop)
    found = written.select_related("activity", "author", "table").order_by("pk")
    for one in found.iterator(500):
        yield [
            one.activity.title,
            _("synthesis of a table"),
            "",
            "",
            one.text,
            "",
            "",
            one.hand,
            family_words(one.author),
            one.table.title,
            _("yes") if one.is_current else _("no"),
            one.written_at,
            "",
        ]
