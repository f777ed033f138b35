"""The life of a group in a sentence, and as a small drawing with its words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.membership import Quarter
from jalons.documents.words import date_format
from jalons.drawing.figures import Bar, Scale, figure
from jalons.drawing.skins import PAGE
from jalons.drawing.svg import Plate
from jalons.groups.figures import Membership, shares_quarters

YEAR_OF_QUARTERS = 4


def life_sentence(found: Membership) -> str:
    """How many members on the day, how many at the beginning, who came and left."""
    first = date_format(found.group.begun_on)
    said = ngettext(
        "%(n)d member on %(day)s", "%(n)d members on %(day)s", found.count
    ) % {"n": found.count, "day": date_format(found.day)}
    before = ngettext(
        "%(n)d on the first day (%(day)s)",
        "%(n)d on the first day (%(day)s)",
        found.begun_with,
    ) % {"n": found.begun_with, "day": first}
    return _("%(now)s, %(before)s. %(moves)s") % {
        "now": said,
        "before": before,
        "moves": _moves(found),
    }


def _moves(found: Membership) -> str:
    """What moved in the last four quarters; founders do not arrive."""
    last = found.quarters[-YEAR_OF_QUARTERS:]
    joined, left = sum(one.joined for one in last), sum(one.left for one in last)
    if len(found.quarters) <= YEAR_OF_QUARTERS:
        joined -= found.founders
    if not joined and not left:
        return _("Nobody came and nobody left in the last four quarters.")
    came = ngettext("%(n)d came", "%(n)d came", joined) % {"n": joined}
    gone = ngettext("%(n)d left", "%(n)d left", left) % {"n": left}
    return _("In the last four quarters, %(came)s and %(gone)s.") % {
        "came": came,
        "gone": gone,
    }


def quarter_words(one: Quarter) -> str:
    return quarter_name(one.year, one.number)


def quarter_name(year: int, number: int) -> str:
    """“T4 2026” in French."""
    return _("Q%(number)d %(year)d") % {"number": number, "year": year}


def life_drawing(found: Membership) -> str:
    """A bar a quarter; the table beside it says the same numbers."""
    quarters = found.shown
    if len(quarters) < 2:
        return ""
    most = max(one.members for one in quarters)
    rows = [
        Bar(quarter_words(one), share, str(one.members))
        for one, share in zip(quarters, shares_quarters(quarters), strict=True)
    ]
    plate = Plate(
        "life",
        _("Members of the group at the end of each quarter"),
        _("From %(first)s to %(last)s. The table below says the same numbers.")
        % {
            "first": quarter_words(quarters[0]),
            "last": quarter_words(quarters[-1]),
        },
        watermark=_("SIMULATED") if found.group.is_simulated else None,
    )
    return figure(rows, plate, PAGE, Scale(ticks=((0, "0"), (1, str(most)))))
