"""What the pages of a round show: facts, a map, lines of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.accounts.models import User
from jalons.documents.words import number
from jalons.drawing.legends import Entry, legend
from jalons.drawing.maps import Category
from jalons.drawing.skins import PAGE
from jalons.drawing.svg import Plate
from jalons.rounds.figures import LEAST_TIMED, Place, Progress
from jalons.rounds.models import Round
from jalons.rounds.quotas import Board, Hoped
from jalons.spaces.access import Right, right_in
from jalons.surveys.collection import Fact
from jalons.territories.maps import Shade, map_shapes, shaded
from jalons.territories.models import Territory

STEPS = ((0, "c0"), (1, "c1"), (11, "c2"), (31, "c3"))
"""People met in a commune: nobody, a few, enough to be told of, a good number."""
MAP_ID = "round"


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, and the lines of its legend."""

    svg: str
    legend: list[Entry]


def frame(user: User, round: Round) -> dict[str, object]:
    """What stands around every page of a round: its menu shows what may be opened."""
    space = round.campaign.space
    return {
        "space": space,
        "round": round,
        "campaign": round.campaign,
        "can_edit": right_in(user, space, Right.EDIT),
    }


def hopes(
    board: Board, sexes: Mapping[str, str], ages: Mapping[str, str]
) -> list[tuple[str, list[Hoped]]]:
    """One line an age, with its wishes for each sex."""
    by_code = {one.code: one for one in board.people}
    return [
        (text, [by_code[f"{sex} {age}"] for sex in sexes]) for age, text in ages.items()
    ]


def facts(found: Progress) -> list[Fact]:
    met, refused = found.met, found.refused
    asked = met + refused
    rate = _("%(share)s%% of the people asked") % {
        "share": number(round(100 * refused / asked)) if asked else "–"
    }
    return [
        Fact(
            _("People met"),
            number(met),
            note=", ".join(f"{label} {n}" for label, n in found.by_channel.items()),
        ),
        Fact(_("Refusals"), number(refused), note=rate if refused else ""),
        Fact(
            _("Median duration"),
            number(round(found.median_seconds / 60)) if found.median_seconds else "–",
            _("minutes") if found.median_seconds else "",
            _duration_note(found),
        ),
    ]


def _duration_note(found: Progress) -> str:
    if found.median_seconds is None:
        return _("told from %(n)d interviews on a phone") % {"n": LEAST_TIMED}
    return ngettext(
        "%(n)d interview timed by the phone",
        "%(n)d interviews timed by the phone",
        found.timed,
    ) % {"n": found.timed}


def remarks(found: Progress) -> Iterator[str]:
    if found.wrong_clocks:
        yield (
            ngettext(
                "%(n)d interview came from a phone whose clock was wrong: its day is "
                "not known, its answers count.",
                "%(n)d interviews came from phones whose clock was wrong: their day is "
                "not known, their answers count.",
                found.wrong_clocks,
            )
            % {"n": found.wrong_clocks}
        )
    if found.by_reason:
        listed = ", ".join(f"{label} {n}" for label, n in found.by_reason.items())
        yield _("Refusals by reason: %(listed)s.") % {"listed": listed}


def progress_map(round: Round, found: Progress) -> Picture | None:
    """Where people were met; None when no contour of these communes is loaded."""
    codes = [place.code for place in found.places]
    frame, shapes = map_shapes(Territory.objects.by_codes(codes))
    if not shapes:
        return None
    categories = [
        Category(str(least), label, fill)
        for (least, fill), label in zip(STEPS, _labels(), strict=True)
    ]
    shades = {place.code: Shade(_step(place), _told(place)) for place in found.places}
    is_simulated = round.campaign.is_simulated
    plate = Plate(
        MAP_ID,
        _("Where were people met?"),
        _("The darker, the more people met. The table says the same."),
        watermark=_("SIMULATED") if is_simulated else "",
    )
    otherwise = Shade("0", "")
    svg = shaded(frame, shapes, shades, otherwise, categories, plate)
    return Picture(svg, legend(categories, PAGE))


def _labels() -> list[str]:
    return [
        _("Nobody yet"),
        _("1 to 10 people"),
        _("11 to 30 people"),
        _("31 people or more"),
    ]


def _step(place: Place) -> str:
    return str(max(least for least, _fill in STEPS if place.met >= least))


def _told(place: Place) -> str:
    said = ngettext("%(n)d person met", "%(n)d people met", place.met)
    return said % {"n": place.met}
