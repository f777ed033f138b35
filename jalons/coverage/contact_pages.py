"""What the page of contacts says, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.coverage import words
from jalons.coverage.contacts import Contacts, Known
from jalons.directory.models import Place


@dataclass(frozen=True, slots=True)
class AlikeSaid:
    """A territory that resembles this one, as a sentence."""

    code: str
    name: str
    reason: str
    places: str


def here_said(found: Contacts) -> str:
    said = ngettext(
        "%(name)s: %(n)s place known.",
        "%(name)s: %(n)s places known.",
        found.here,
    )
    return said % {"n": words.whole(found.here), "name": found.territory.name}


@dataclass(frozen=True, slots=True)
class OrdinarySaid:
    """A kind of place where people already go: what to ask, and where they are."""

    name: str
    ask: str
    where: Sequence[str]
    listed: Sequence[Place]
    elsewhere: str


def ordinary_said(found: Contacts) -> list[OrdinarySaid]:
    return [
        OrdinarySaid(
            name=one.name,
            ask=one.ask,
            where=where_said(found.known.get(one.id)),
            listed=found.listed.get(one.id, ()),
            elsewhere=one.elsewhere,
        )
        for one in found.ordinary.kinds
    ]


def where_said(known: Known | None) -> list[str]:
    """The communes that have some, who says so, and what nobody says."""
    if known is None:
        return []
    source = {"source": known.source, "vintage": known.dated}
    if not known.places:
        none = _("None in the communes read, says %(source)s, %(vintage)s.")
        lines = [none % source]
    else:
        names = ", ".join(
            f"{name} ({count})" if count > 1 else name for name, count in known.places
        )
        where = _("%(communes)s. Source: %(source)s, %(vintage)s.")
        lines = [where % (source | {"communes": names})]
    if known.unsaid:
        said = _("Not known for %(communes)s, which this file does not mention.")
        lines.append(said % {"communes": words.communes(known.unsaid)})
    return lines


def alike_said(found: Contacts) -> list[AlikeSaid]:
    return [
        AlikeSaid(
            one.peer.code, one.peer.name, one.peer.reason, words.places(one.place_count)
        )
        for one in found.alike
    ]
