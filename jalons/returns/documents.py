"""The return on paper: one page or two, the same words as the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Document,
    Emphasis,
    Facts,
    Items,
    Lead,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)
from jalons.documents.words import date_format
from jalons.returns.reading import PointsRead, Reading

MOST_PROPOSALS = 4
"""On paper; the page has all of them. A list of ten is not begun."""


def document(shown: Reading) -> Document:
    return Document(
        title=shown.title,
        sections=list(_sections(shown)),
        language=get_language() or "fr",
        source_line=shown.source,
        date_line=_("Survey closed on %(day)s") % {"day": _day(shown)},
        author=shown.campaign.sponsor,
        watermark=shown.watermark,
    )


def _day(shown: Reading) -> str:
    return date_format(shown.campaign.last_day, "DATE_FORMAT")


def _sections(shown: Reading) -> Iterator[Section]:
    yield Section(_("In short"), list(_short(shown)))
    if shown.proposals:
        yield Section(_("What can be done next?"), list(_proposals(shown)))
    if shown.lines:
        yield Section(
            _("Where do the points come from?"),
            [_table(_("Points question by question"), _("Question"), shown.lines)],
        )
    if shown.peers:
        items: list[Text] = [
            [Strong(one.name), f" – {one.reason}"] for one in shown.peers
        ]
        yield Section(
            _("Which territories resemble this one?"),
            [Items(items), Paragraph(shown.peers_note)],
        )


def _short(shown: Reading) -> Iterator[Block]:
    yield Lead(shown.lead)
    yield Facts(shown.facts)
    if shown.solidity:
        yield Items(shown.solidity)
    if shown.without_detail:
        yield Callout(shown.without_detail, "caution")
    if shown.dimensions:
        yield _table(_("Points by dimension"), _("Dimension"), shown.dimensions)
    if shown.strengths:
        yield Paragraph([Strong(_("What is there already"))])
        yield Items(shown.strengths)
    if shown.no_proposal:
        yield Paragraph(shown.no_proposal)


def _proposals(shown: Reading) -> Iterator[Block]:
    yield Paragraph(_("Whatever the type of territory, it is possible to act."))
    yield Items(
        [
            [Strong(f"{one.title}. "), f"{one.text} ", Emphasis(one.reason)]
            for one in shown.proposals[:MOST_PROPOSALS]
        ]
    )
    if len(shown.proposals) > MOST_PROPOSALS:
        yield Paragraph(_("Other leads are on the page of this return."))


def _table(caption: str, title: str, lines: Sequence[PointsRead]) -> Table:
    """Columns that would be empty on every line are left out."""
    spread = any(one.spread for one in lines)
    notes = any(one.note for one in lines)
    header = [
        title,
        _("Points"),
        _("Out of"),
        *([_("Lowest to highest")] if spread else []),
        *([_("To know")] if notes else []),
    ]
    rows = [
        [
            one.name,
            one.points,
            one.maximum,
            *([one.spread] if spread else []),
            *([one.note] if notes else []),
        ]
        for one in lines
    ]
    return Table(caption, header, rows, ("start", "end", "end", "end", "start"))
