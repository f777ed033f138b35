"""What is made of a frozen version: the document, a draft deliberation, one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.adoption.frozen import Frozen
from jalons.adoption.models import Adoption, Version
from jalons.adoption.parts import MATURITY
from jalons.diagnosis.maturity import still_says
from jalons.documents.model import (
    Block,
    Callout,
    Document,
    Fact,
    Facts,
    Items,
    Lead,
    Paragraph,
    Section,
    Strong,
    Table,
)
from jalons.documents.stored import document_from
from jalons.documents.words import date_format
from jalons.roadmaps.exports import RoadmapTold, StakeTold
from jalons.roadmaps.models import Action

COURSE_LETTERS, TITLE_LETTERS = 400, 80
"""What one page bears of a course and of a title."""
MOST_LINES = 14
"""Stakes and workstreams that one page bears, each on two lines."""


def document_of(version: Version) -> Document:
    """The document as it was frozen; only its date says whether it was adopted."""
    return replace(document_from(version.document), date_line=dated(version))


def public_document(version: Version) -> Document:
    """What all may read: without a level that its EPCI or its survey took back."""
    made = document_of(version)
    data: Frozen = version.data
    if _still_stands(data):
        return made
    left = {one["title"] for one in data["parts"] if one["code"] == MATURITY}
    return replace(made, sections=[o for o in made.sections if o.title not in left])


def _still_stands(data: Frozen) -> bool:
    """False too for a version that does not say which survey it read."""
    if "maturity" not in data:
        return False
    told = data["maturity"]
    if told is None:
        return True
    now = still_says(told["survey"], told["epci"])
    if told["state"] == "published":
        return now.grade == told["grade"]
    return now.state != "no_survey"


def adoption_of(version: Version) -> Adoption | None:
    found: Adoption | None = getattr(version, "adoption", None)
    return found


def dated(version: Version) -> str:
    adoption = adoption_of(version)
    if adoption is None:
        told = _("Version %(number)s of %(day)s")
        day = timezone.localdate(version.frozen_at)
        return told % {"number": version.number, "day": date_format(day)}
    return _("Adopted on %(day)s by %(body)s, deliberation %(reference)s") % {
        "day": date_format(adoption.adopted_on),
        "body": adoption.body,
        "reference": adoption.deliberation,
    }


def deliberation(version: Version) -> Document:
    """A draft to adapt: the facts of the version, blanks where only the team knows."""
    told: RoadmapTold = version.data["roadmap"]
    made = document_of(version)
    return replace(
        made,
        title=_("Draft deliberation"),
        subtitle=f"{told['title']}, {told['territory']}",
        date_line=_("Draft on version %(number)s") % {"number": version.number},
        sections=[
            Section(_("Before you use it"), [_warning()]),
            Section(_("Subject"), [Paragraph(_subject(told))]),
            Section(_("Whereas"), list(_whereas(version, told))),
            Section(_("The body decides"), list(_articles(version, told))),
        ],
    )


def one_page(version: Version) -> Document:
    """A version on one page, for those who will not read the whole; never two."""
    told: RoadmapTold = version.data["roadmap"]
    made = document_of(version)
    sections = [Section(_("The shared direction"), list(_in_short(version.data)))]
    if told["stakes"]:
        sections.append(Section(_("The stakes"), [_stakes(told)]))
    return replace(
        made,
        title=_("%(title)s: the essentials") % {"title": told["title"]},
        sections=sections,
    )


def _in_short(data: Frozen) -> Iterator[Block]:
    """What was set as a course, then the key figures of the roadmap."""
    if course := data["roadmap"]["course"]:
        yield Lead(_cut(course, COURSE_LETTERS))
    if facts := data.get("facts"):
        yield Facts([Fact(**one) for one in facts])


def _stakes(told: RoadmapTold) -> Table:
    """With their workstreams when the page bears them, else how many they are."""
    stakes = told["stakes"]
    lines = len(stakes) + sum(len(one["workstreams"]) for one in stakes)
    shown = stakes[:MOST_LINES]
    more = len(stakes) - len(shown)
    note = _("%(n)s others are in the document.") % {"n": more} if more else ""
    return Table(
        _("Stakes, and the workstreams that answer them"),
        [_("No."), _("Stake"), _("Key workstreams")],
        [
            [
                str(one["number"]),
                _cut(one["text"], TITLE_LETTERS),
                _named(one) if lines <= MOST_LINES else str(len(one["workstreams"])),
            ]
            for one in shown
        ],
        note=note,
    )


def _named(stake: StakeTold) -> str:
    named = [
        f"{one['code']} {_cut(one['title'], TITLE_LETTERS)}"
        for one in stake["workstreams"]
    ]
    return " · ".join(named) or _("none yet")


def _cut(text: str, letters: int) -> str:
    return Truncator(" ".join(text.split())).chars(letters)


def _warning() -> Block:
    words = _(
        "A draft to adapt: have its references checked by your legal department, and "
        "replace each “[…]”."
    )
    return Callout(words, "caution")


def _subject(told: RoadmapTold) -> str:
    words = _("Adoption of “%(title)s”, %(territory)s")
    return words % {"title": told["title"], "territory": told["territory"]}


def _whereas(version: Version, told: RoadmapTold) -> Iterator[Block]:
    yield Paragraph(_("Considering the general code of local authorities, […];"))
    yield Paragraph(_("Considering the statutes and powers of […];"))
    stakes = told["stakes"]
    streams = [one for stake in stakes for one in stake["workstreams"]]
    actions = [one for stream in streams for one in stream["actions"]]
    given_up = sum(one["status"] == Action.Status.DROPPED for one in actions)
    n = len(actions) - given_up
    yield Paragraph(_period(told))
    if told["course"]:
        course = " ".join(told["course"].split())
        yield Paragraph([Strong(_("The shared direction:")), f" {course}"])
    yield Paragraph(
        ngettext(
            "The roadmap (version %(number)s, annexed) holds %(n)s action, in "
            "%(streams)s key workstreams that answer these stakes:",
            "The roadmap (version %(number)s, annexed) holds %(n)s actions, in "
            "%(streams)s key workstreams that answer these stakes:",
            n,
        )
        % {"number": version.number, "n": n, "streams": len(streams)}
    )
    if stakes:
        yield Items([f"{one['number']}. {one['text']}" for one in stakes])
    if given_up:
        yield Paragraph(
            ngettext(
                "The roadmap also keeps the record of %(n)s action given up.",
                "The roadmap also keeps the record of %(n)s actions given up.",
                given_up,
            )
            % {"n": given_up}
        )


def _period(told: RoadmapTold) -> str:
    if not told["starts_on"]:
        return _("The roadmap was written with […].")
    day = date_format(date.fromisoformat(told["starts_on"]))
    return _("The approach began on %(day)s; it was written with […].") % {"day": day}


def _articles(version: Version, told: RoadmapTold) -> Iterator[Block]:
    years = told["horizon_years"]
    horizon = ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    lead = told["lead"] or "[…]"
    articles = [
        _("to adopt the roadmap annexed, for a horizon of %(horizon)s;")
        % {"horizon": horizon},
        _("to entrust its monitoring to: %(lead)s;") % {"lead": lead},
        _("to enter the credits that concern it in the budget of each year, […];"),
        _("to be informed every year of what was done and what changes, […];"),
        _("to make the roadmap public, and to send it to those who took part."),
    ]
    for rank, words in enumerate(articles, start=1):
        yield Paragraph([Strong(_("Article %(n)s:") % {"n": rank}), f" {words}"])
    yield Paragraph(_("Votes for: […]. Against: […]. Abstentions: […]."))
