"""What a poster, a slip or a bulletin may say: facts written elsewhere, word for word.

Only headings are ours. What is not written in the roadmap or in the meeting is left
out: nobody finds on a wall a sentence that the team did not write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.documents.words import date_format
from jalons.meetings.models import Meeting
from jalons.roadmaps.figures import Plan

MOST_STAKES = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """A heading of ours, and the words of the team."""

    heading: str
    lines: Sequence[str]
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What is made known, whatever it is printed on."""

    title: str
    facts: Sequence[Fact]
    author: str
    supported_by: Sequence[str]
    is_simulated: bool

    @property
    def foot(self) -> str:
        """Who signs, and with whose support: the place of logos on paper."""
        others = [one for one in self.supported_by if one != self.author]
        if not others:
            return self.author
        told = {"who": self.author, "funders": ", ".join(others)}
        return _("%(who)s, with the support of: %(funders)s") % told


def notice_of(plan: Plan, meeting: Meeting | None = None) -> Notice:
    """The notice of a meeting of the approach; without one, of the roadmap itself."""
    roadmap = plan.roadmap
    found = _of_meeting(meeting, plan) if meeting else _of_roadmap(plan)
    return Notice(
        title=meeting.title if meeting else roadmap.title,
        facts=[one for one in found if any(line.strip() for line in one.lines)],
        author=roadmap.territory_name,
        supported_by=roadmap.funder_names,
        is_simulated=roadmap.is_simulated or bool(meeting and meeting.is_simulated),
    )


def _of_meeting(meeting: Meeting, plan: Plan) -> Iterator[Fact]:
    yield Fact(_("When?"), [when(meeting)], is_strong=True)
    yield Fact(_("Where?"), [meeting.place], is_strong=True)
    yield Fact(_("What for?"), [meeting.purpose])
    roadmap = plan.roadmap
    yield Fact(_("As part of"), [f"{roadmap.title}, {roadmap.territory_name}"])
    yield Fact(_("Led by"), [roadmap.lead])


def _of_roadmap(plan: Plan) -> Iterator[Fact]:
    roadmap = plan.roadmap
    yield Fact(_("Territory"), [roadmap.territory_name], is_strong=True)
    yield Fact(_("The shared direction set"), roadmap.course.splitlines())
    yield Fact(_("The questions asked"), list(_questions(plan)))
    yield Fact(_("Carried by"), [roadmap.sponsor])
    yield Fact(_("Led by"), [roadmap.lead])
    if roadmap.adoption_on:
        yield Fact(_("Target date of adoption"), [date_format(roadmap.adoption_on)])


def _questions(plan: Plan) -> Iterator[str]:
    """Those that a page bears; how many others there are is said."""
    for one in plan.stakes[:MOST_STAKES]:
        yield f"{one.number}. {one.row.text}"
    more = len(plan.stakes) - MOST_STAKES
    if more > 0:
        words = ngettext("and %(n)s other", "and %(n)s others", more)
        yield words % {"n": more}


def when(meeting: Meeting) -> str:
    """The day and the hours: “jeudi 5 mars 2026, de 14 h 00 à 17 h 00” in French."""
    start = timezone.localtime(meeting.starts_at)
    end = timezone.localtime(meeting.ends_at)
    if start.date() != end.date():
        form = _("j F Y, H:i")
        told = {"first": date_format(start, form), "last": date_format(end, form)}
        return _("From %(first)s to %(last)s") % told
    told = {
        "day": date_format(start, _("l, j F Y")),
        "begins": date_format(start, _("H:i")),
        "ends": date_format(end, _("H:i")),
    }
    return _("%(day)s, from %(begins)s to %(ends)s") % told
