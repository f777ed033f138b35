"""What a synthesis can be made of.

Words, figures and map of the restitution, tables of the analysis desk, and the quotes
kept for it; each is a short name that a block stores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jalons.observatory import crossing_tables, degree_tables
from jalons.observatory.pictures import maturity_map
from jalons.observatory.restitution import Restitution, builders
from jalons.tabulations.models import Tabulation

TEXT, CAUTION, FACTS, MAP, QUOTES = "text", "caution", "facts", "map", "quotes"
WRITTEN = (TEXT, CAUTION)
TABLE, CROSSING, KEPT = "table:", "crossing:", "kept:"

BY_TERRITORY = ("classes", "dimensions", "epci", "departements", "leviers")
"""Tables of the restitution that rest on the answers of named territories."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A piece that can be added, under its name."""

    piece: str
    label: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A chapter to start with, its pieces, and those that slides do without."""

    title: str
    pieces: tuple[str, ...]
    only_in_report: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Offers of one kind."""

    title: str
    offers: tuple[Offer, ...]


def shelves(shown: Restitution) -> list[Shelf]:
    """Everything that can be added to the synthesis of this survey."""
    found = [
        Shelf(
            _("Words"),
            (Offer(TEXT, _("A text")), Offer(CAUTION, _("A caution"))),
        ),
        Shelf(_("Figures and map"), tuple(_figures(shown))),
        Shelf(_("Tables of the results"), tuple(_tables(shown))),
        Shelf(_("Crossings"), tuple(_crossings(shown))),
        Shelf(_("Tables kept at the analysis desk"), tuple(_kept(shown))),
        Shelf(_("Words of respondents"), (Offer(QUOTES, _("The quotes kept")),)),
    ]
    return [one for one in found if one.offers]


def label_of(piece: str, on: list[Shelf]) -> str:
    """What a piece is called; its code when it is no longer offered."""
    offers = (offer for shelf in on for offer in shelf.offers)
    return next((one.label for one in offers if one.piece == piece), piece)


def starting_plan(shown: Restitution) -> list[Planned]:
    """Chapters that most syntheses have, to change at will; about ten slides."""
    plan = [Planned(_("In short"), (FACTS,))]
    if shown.has_classes:
        maps = (MAP,) if shown.shows_levels and maturity_map(shown) else ()
        middles = (f"{TABLE}dimensions",) if shown.figures.dimensions else ()
        pieces = (*maps, f"{TABLE}classes", *middles, f"{TABLE}epci")
        plan.append(Planned(_("Level of progress"), pieces))
        crossed = [one.code for one in shown.figures.crossings if one.reading]
        told = tuple(f"{CROSSING}{code}" for code in crossed[:2])
        plan.append(Planned(_("Crossings"), told, only_in_report=told[1:]))
    told_first = [question.role for question in shown.figures.questions]
    told_first += degree_tables.builders(shown.figures.degrees, shown.words)
    said = tuple(f"{TABLE}{one}" for one in told_first[:2])
    in_report = said if shown.has_classes else said[1:]
    plan.append(Planned(_("What respondents say"), said, only_in_report=in_report))
    plan.append(Planned(_("Words collected"), (QUOTES,)))
    return [one for one in plan if one.pieces]


def _figures(shown: Restitution) -> Iterator[Offer]:
    yield Offer(FACTS, _("The key figures"))
    if maturity_map(shown):
        yield Offer(MAP, _("The map of the levels of progress"))


def _tables(shown: Restitution) -> Iterator[Offer]:
    crossings = tuple(one.code for one in shown.figures.crossings)
    for code, build in builders(shown).items():
        sheet = None if code.startswith(crossings) else build()
        if sheet is not None and sheet.rows:
            yield Offer(f"{TABLE}{code}", sheet.caption)


def _crossings(shown: Restitution) -> Iterator[Offer]:
    for one in shown.figures.crossings:
        yield Offer(f"{CROSSING}{one.code}", crossing_tables.crossing_title(one))


def _kept(shown: Restitution) -> Iterator[Offer]:
    for one in Tabulation.objects.filter(campaign=shown.campaign):
        yield Offer(f"{KEPT}{one.pk}", one.title)
