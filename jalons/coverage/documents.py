"""The contact list on paper: rows to fill by hand where nothing is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.coverage import words
from jalons.coverage.contact_pages import where_said
from jalons.coverage.contacts import Around, Contacts
from jalons.directory.models import Place
from jalons.directory.words import telephone
from jalons.documents.model import (
    Block,
    Callout,
    Document,
    Items,
    Lead,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
)
from jalons.documents.words import date_format

# Room to write in.
BLANK = "\u00a0" * 28


def contact_list(found: Contacts) -> Document:
    today = date_format(timezone.localdate(), "j F Y")
    lists = sorted({one.place_list.name for one in found.shown})
    return Document(
        title=_("%(name)s: whom to call?") % {"name": found.territory.name},
        sections=list(_sections(found)),
        language=get_language() or "fr",
        source_line=_("Lists of places: %(lists)s")
        % {"lists": ", ".join(lists) or "–"},
        date_line=_("Printed on %(day)s") % {"day": today},
        author=found.territory.name,
        watermark=_("SIMULATED") if found.is_simulated else None,
    )


def _sections(found: Contacts) -> Iterator[Section]:
    yield Section(_("Around us"), list(_around(found)))
    yield Section(_("Passing by"), list(_passing(found)))
    yield Section(_("Where people already go"), list(_ordinary(found)))
    if found.alike:
        yield Section(_("Territories that resemble ours"), list(_alike(found)))


def _around(found: Contacts) -> Iterator[Block]:
    if not found.around:
        yield Lead(_("No place of a neighbouring EPCI is in the lists loaded."))
        return
    yield Paragraph(
        _("Telephone and mailbox are those of the place, never of a person.")
    )
    yield _places(_("Places of the neighbouring EPCI, the nearest first"), found.around)


def _passing(found: Contacts) -> Iterator[Block]:
    if found.passing:
        yield _places(_("Places on the move, here and around"), found.passing)
    else:
        yield Callout(_("The lists loaded name nobody who tours here."), "note")


def _places(caption: str, rows: Sequence[Around]) -> Table:
    header = [
        _("Place"),
        _("Commune and EPCI"),
        _("Journey"),
        _("Telephone, mailbox"),
        _("Called on, by"),
    ]
    return Table(
        caption,
        header,
        [
            [
                one.place.name,
                f"{one.place.locality}, {one.epci}",
                f"{words.whole(one.km)}{words.NARROW}km",
                ", ".join(_reached_by(one.place)),
                BLANK,
            ]
            for one in rows
        ],
        ("start", "start", "end"),
    )


def _reached_by(place: Place) -> list[str]:
    phones = [telephone(place.phone)] if place.phone else []
    return [*phones, *place.mailboxes]


def _ordinary(found: Contacts) -> Iterator[Block]:
    asked: list[Text] = [
        [Strong(f"{one.name}. "), one.ask] for one in found.ordinary.kinds
    ]
    yield Items(asked)
    header = [_("Commune"), _("Function met"), _("Telephone"), _("Called on, by")]
    for kind in found.ordinary.kinds:
        if listed := found.listed.get(kind.id):
            yield _named(
                _("%(kind)s, in the lists of places") % {"kind": kind.name}, listed
            )
        known = found.known.get(kind.id)
        communes = found.communes if kind.in_every_commune else []
        if known:
            yield Paragraph([f"{kind.name}. ", " ".join(where_said(known))])
            # One row a place, so that each is called on.
            communes = [name for name, count in known.places for _n in range(count)]
        if communes:
            rows = [[commune, BLANK, BLANK, BLANK] for commune in communes]
            yield Table(kind.name, header, rows)


def _named(caption: str, places: Sequence[Place]) -> Table:
    header = [_("Place"), _("Commune"), _("Telephone, mailbox"), _("Called on, by")]
    rows = [
        [one.name, one.locality, ", ".join(_reached_by(one)), BLANK] for one in places
    ]
    return Table(caption, header, rows)


def _alike(found: Contacts) -> Iterator[Block]:
    yield Paragraph(
        _("No figure says how they began: ask them. Places known there today, in all.")
    )
    yield Items(
        [
            [
                Strong(one.peer.name),
                f" – {one.peer.reason} ",
                words.places(one.place_count),
            ]
            for one in found.alike
        ]
    )
