"""What the public pages of coverage say, put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.gaps import Level
from jalons.analysis.periods import Period
from jalons.analysis.reach import DETOUR
from jalons.coverage import words
from jalons.coverage.figures import Commune, Coverage, people_of
from jalons.coverage.ground import AROUND_KM, WITHIN_MINUTES, Ground
from jalons.coverage.simulating import Simulation, Winner
from jalons.documents.model import Fact
from jalons.documents.words import date_format
from jalons.indicators.figures import dated
from jalons.territories.models import CURRENT_YEAR

PER_PAGE = 40
FAR = (Level.FAR, Level.OUT_OF_REACH)
Cells = list[str]
# Columns of numbers, which are set to the right.
WINNER_NUMBERS = (1, 2, 3)


@dataclass(frozen=True)
class Shown:
    """The page of a territory: sentence, facts, one page of the table, cautions."""

    found: Coverage
    number: str

    @property
    def lead(self) -> str:
        far = self.found.at(*FAR, Level.UNKNOWN)
        said = {
            "people": words.persons(people_of(far)),
            "communes": words.communes(len(far)),
            "n": words.whole(len(self.found.communes)),
            "limit": f"{self.found.scale.limits[1]:g}{words.NARROW}"
            f"{self.found.scale.unit}",
            "place": words.PLACES[self.found.period],
        }
        if not far:
            sentence = _("%(place)s is within %(limit)s of each of the %(n)s communes.")
            return capfirst(sentence % said)
        sentence = _(
            "%(people)s live in %(communes)s (of %(n)s) more than %(limit)s away from "
            "%(place)s, or where none is known."
        )
        return sentence % said

    @property
    def facts(self) -> list[Fact]:
        found = self.found
        places = _("open %(when)s, here and up to %(km)s km around")
        if found.period is Period.ANY:
            places = _("here and up to %(km)s km around")
        when = {"when": words.PERIODS[found.period], "km": AROUND_KM}
        return [
            Fact(
                capfirst(str(words.LEVELS[level])),
                words.whole(people_of(found.at(level))),
                _("inhabitants"),
                words.communes(len(found.at(level))),
            )
            for level in Level
            if found.at(level)
        ] + [
            *_facts_of_concerned(found),
            Fact(
                _("Places"),
                words.whole(found.open_counts[found.period]),
                "",
                places % when,
            ),
        ]

    @cached_property
    def page(self) -> Page:
        return Paginator(self.found.communes, PER_PAGE).get_page(self.number)

    @property
    def lines(self) -> list[Cells]:
        return [row_of(one, self.found) for one in self.page]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its columns of numbers: all but the names and the level."""
        texts = {_("Commune"), _("Level"), _("Nearest place")}
        titles = header(self.found)
        return tuple(at for at, title in enumerate(titles) if title not in texts)

    @property
    def places(self) -> tuple[int, ...]:
        """Its columns of long names, which need room on a telephone."""
        return (header(self.found).index(_("Nearest place")),)

    @property
    def cautions(self) -> list[str]:
        return [*cautions_of(self.found)]

    @property
    def sources(self) -> list[str]:
        return all_sources(self.found)


def header(found: Coverage) -> list[str]:
    extra = (
        []
        if found.period is Period.ANY
        else [_("Journey, %s") % words.PERIODS[found.period]]
    )
    return [
        _("Commune"),
        _("Inhabitants"),
        *title_of_concerned(found),
        _("Level"),
        *extra,
        _("Journey to the nearest place"),
        _("Nearest place"),
        _("Journey in the evening"),
        _("Journey at the weekend"),
        _("Places per 10,000 people around"),
    ]


def row_of(one: Commune, found: Coverage) -> Cells:
    scale, any_time = found.scale, one.nearest[Period.ANY]
    extra = (
        [] if found.period is Period.ANY else [words.way(one.way(found.period), scale)]
    )
    return [
        one.name,
        words.whole(one.people),
        *_persons(one, found),
        str(words.LEVELS[one.level]),
        *extra,
        words.way(one.way(Period.ANY), scale),
        any_time.spot.name if any_time else "",
        words.way(one.way(Period.EVENING), scale),
        words.way(one.way(Period.WEEKEND), scale),
        words.tenth(one.offer),
    ]


def _facts_of_concerned(found: Coverage) -> Iterator[Fact]:
    """The persons concerned where help is far, or no place is known.

    Nothing when no such commune has the figure: a sum of nothing is not zero.
    """
    far = [one.code for one in found.at(*FAR, Level.UNKNOWN)]
    if not found.concerned or not (known := found.concerned.known(far)):
        return
    label = words.CONCERNED[found.concerned.indicator]
    yield Fact(
        _("%(who)s, far from help") % {"who": label},
        words.whole(found.concerned.among(far)),
        _("persons"),
        _("known in %(n)d communes of %(all)d") % {"n": known, "all": len(far)},
    )


def title_of_concerned(found: Coverage) -> list[str]:
    return [str(words.CONCERNED[found.concerned.indicator])] if found.concerned else []


def _persons(one: Commune, found: Coverage) -> list[str]:
    """How many persons concerned a commune has, or that it is not known."""
    counts = counts_of(one, found)
    return [_("number not known") if n is None else words.whole(n) for n in counts]


def counts_of(one: Commune, found: Coverage) -> list[float | None]:
    """The persons concerned, not known as None; nothing when nobody is asked about."""
    return [found.concerned.persons.get(one.code)] if found.concerned else []


def source_of_concerned(found: Coverage) -> list[str]:
    if not found.concerned:
        return []
    said = found.concerned
    message = _("%(who)s: %(source)s, %(vintage)s")
    who = words.CONCERNED[said.indicator]
    return [message % {"who": who, "source": said.source, "vintage": said.dated}]


def cautions_of(found: Coverage) -> Iterator[str]:
    yield from _cautions_of_concerned(found)
    if unknown := found.unknown[Period.WEEKEND]:
        total = len(found.ground.spots)
        said = ngettext(
            "The hours of %(n)s place of %(all)s are not known: it is left out of "
            "evenings and weekends, and never supposed open or closed.",
            "The hours of %(n)s places of %(all)s are not known: they are left out of "
            "evenings and weekends, and never supposed open or closed.",
            unknown,
        )
        yield said % {"n": words.whole(unknown), "all": words.whole(total)}
    if found.ground.unplaced:
        said = ngettext(
            "%(n)s commune has no known centre and is left out.",
            "%(n)s communes have no known centre and are left out.",
            len(found.ground.unplaced),
        )
        yield said % {"n": len(found.ground.unplaced)}
    if found.ground.table:
        yield _(
            "Times go from the centre of a commune to that of another; inside a "
            "commune without a time, %(n)s minutes are counted."
        ) % {"n": f"{WITHIN_MINUTES:g}"}
    else:
        yield _(
            "Distances are as the crow flies from the centre of the commune, "
            "multiplied by %(factor)s: an order of magnitude of roads in France, not a "
            "route."
        ) % {"factor": words.tenth(DETOUR)}


def _cautions_of_concerned(found: Coverage) -> Iterator[str]:
    if not found.concerned:
        yield _(
            "Persons concerned are not known: no figure on age, diploma or poverty is "
            "loaded by commune here."
        )
    elif found.concerned.unknown:
        said = ngettext(
            "In %(n)s commune the number of persons concerned is secret or not given: "
            "it is not counted as zero, and sums leave it out.",
            "In %(n)s communes the number of persons concerned is secret or not given: "
            "it is not counted as zero, and sums leave them out.",
            found.concerned.unknown,
        )
        yield said % {"n": words.whole(found.concerned.unknown)}


def all_sources(found: Coverage) -> list[str]:
    """Of the places and ways, of the persons concerned, of the weights."""
    return [
        *sources_of(found.ground),
        *source_of_concerned(found),
        _weighting(found),
    ]


def sources_of(ground: Ground) -> list[str]:
    """The lists of places with their dates, and what the ways rest on."""
    lists = [
        _("%(list)s (imported on %(day)s)")
        % {"list": one.name, "day": date_format(one.imported_at, "j F Y")}
        for one in ground.lists
    ]
    table = ground.table
    way = (
        _("travel times: %(name)s, %(source)s, %(vintage)s")
        % {"name": table.name, "source": table.source, "vintage": dated(table.vintage)}
        if table
        else _("centres and population of communes: INSEE, DGCL, %(year)s")
        % {"year": CURRENT_YEAR}
    )
    week = _("hours of the week of %(day)s") % {
        "day": date_format(ground.monday, "j F Y")
    }
    return [*lists, way, week]


def _weighting(found: Coverage) -> str:
    if not found.index:
        return _(
            "Need is the population: the index of fragility is not computed by commune "
            "here, so that nobody weighs more than another."
        )
    said = _("Need is the population weighted by the index “%(index)s”.")
    sentence = said % {"index": found.index}
    if found.unscored:
        counted = ngettext(
            "%(n)s commune without a score counts as the mean.",
            "%(n)s communes without a score count as the mean.",
            found.unscored,
        )
        sentence = f"{sentence} {counted % {'n': found.unscored}}"
    return sentence


def simulated_lead(found: Simulation) -> str:
    said = {
        "name": found.commune.name,
        "place": words.PLACES[found.period],
        "people": words.persons(found.people),
        "communes": words.communes(len(found.winners)),
    }
    if not found.winners:
        nobody = _("%(place)s at %(name)s would bring nobody nearer.")
        return capfirst(nobody % said)
    gain = _("%(place)s at %(name)s would be nearer for %(people)s of %(communes)s.")
    return capfirst(gain % said)


def winners_header() -> list[str]:
    return [
        _("Commune"),
        _("Inhabitants"),
        _("Before"),
        _("After"),
        _("Level before"),
        _("Level after"),
    ]


def winner_row(one: Winner, found: Simulation) -> Cells:
    name = one.zone.name if one.is_inside else _("%s (outside)") % one.zone.name
    return [
        name,
        words.whole(one.zone.people),
        words.way(one.before.way if one.before else None, found.scale),
        words.way(one.after, found.scale),
        str(words.LEVELS[one.level_before]),
        str(words.LEVELS[one.level_after]),
    ]


def simulated_facts(found: Simulation) -> list[Fact]:
    return [
        Fact(
            _("Nearer to a place"),
            words.whole(found.people),
            _("inhabitants"),
            words.communes(len(found.winners)),
        ),
        Fact(
            _("Of which change level"),
            words.whole(found.people_moved_up),
            _("inhabitants"),
        ),
        Fact(_("Of which outside"), words.whole(found.people_beyond), _("inhabitants")),
        Fact(
            _("Compared with"),
            words.whole(found.open_count),
            "",
            _("places known to be open then; hours not known: %(n)s places left out")
            % {"n": words.whole(found.unknown)},
        ),
    ]
