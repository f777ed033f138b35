"""From the draft of a région's synthesis to its whole content.

What a survey gives was checked when its own synthesis was published; the rest are
public figures, public sheets, and counts that `figures` lets out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.documents.words import date_format
from jalons.library.definitions import STANDINGS
from jalons.network.cockpit import Cockpit, cockpit_of
from jalons.publications import figures, pieces
from jalons.publications.models import Report
from jalons.spaces.models import Space
from jalons.synthesis.composition import LANGUAGE
from jalons.synthesis.content import (
    Chapter,
    Content,
    Heading,
    Map,
    Mention,
    Part,
    Piece,
    Quotes,
    Table,
    Text,
)
from jalons.synthesis.models import Edition
from jalons.synthesis.reading import contents_today

SURVEY = "survey:"
PARTS = {
    "territories": gettext_lazy("The territories"),
    "steps": gettext_lazy("How far the roadmaps are"),
    "support": gettext_lazy("The support given"),
    "pairings": gettext_lazy("The territories put in touch"),
    "initiatives": gettext_lazy("What is tried in the région"),
    "schemes": gettext_lazy("The schemes to rely on"),
    "figures": gettext_lazy("The key figures"),
}
"""What may be added beside surveys, in the order of the document."""
OF_THE_COCKPIT = {"territories", "steps"}
OF_THE_LIBRARY = {"initiatives", "schemes", "figures"}
HEADINGS = {
    "director": gettext_lazy("Publication director"),
    "coordination": gettext_lazy("Coordination"),
    "writing": gettext_lazy("Writing"),
    "layout": gettext_lazy("Layout"),
    "credits": gettext_lazy("Photographs and credits"),
    "contact": gettext_lazy("Contact"),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """The survey on which a chapter rests (from 1), and the territories it shows."""

    chapter: int
    edition: int
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """The content, the origins of its chapters, and the parts that say nothing."""

    content: Content
    origins: tuple[Origin, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A part with what it shows; `edition` when it comes from a survey."""

    title: str
    shown: tuple[Piece, ...]
    source: str
    is_simulated: bool = False
    edition: Edition | None = None
    shown_territories: tuple[str, ...] = ()


def editions_of(space: Space) -> list[Edition]:
    """The syntheses of the surveys of a centre that are public today, latest first."""
    found = Edition.objects.public(at=timezone.now())
    found = found.filter(synthesis__campaign__space=space)
    return list(
        found.select_related("synthesis__campaign").order_by("-public_from", "-pk")
    )


def compose(report: Report) -> Composed:
    """Everything that publishing today would publish."""
    with translation.override(LANGUAGE):
        filled = _filled(report)
        full = [one for one in filled if one.shown]
        chapters = [Chapter(one.title, one.shown) for one in full]
        origins = [
            Origin(at, one.edition.pk, one.shown_territories)
            for at, one in enumerate(full, start=1)
            if one.edition
        ]
        if foreword := report.foreword.strip():
            chapters.insert(0, Chapter(_("Foreword"), (Text(foreword),)))
            origins = [replace(one, chapter=one.chapter + 1) for one in origins]
        if conclusion := report.conclusion.strip():
            chapters.append(Chapter(_("And now?"), (Text(conclusion),)))
        content = _whole(report, chapters, full)
        empty = tuple(one.title for one in filled if not one.shown)
    return Composed(content, tuple(origins), empty)


def _whole(
    report: Report, chapters: Sequence[Chapter], full: Sequence[Filled]
) -> Content:
    today = timezone.localdate()
    return Content(
        title=report.title,
        subtitle=report.subtitle,
        author=report.space.name,
        source=_("Synthesis of the région, %(name)s")
        % {"name": report.space.territory.name},
        date_line=date_format(today, "DATE_FORMAT"),
        language=LANGUAGE,
        is_simulated=any(one.is_simulated for one in full),
        chapters=tuple(chapters),
        publication=_publication(report),
        group=(
            *_mentions(_("Partner"), report.partners),
            *_mentions(_("Funder"), report.funders),
        ),
        thanks=report.thanks,
        method=_method(full),
        shown_territories=(),
    )


def _publication(report: Report) -> tuple[Mention, ...]:
    found = ((str(title), getattr(report, name)) for name, title in HEADINGS.items())
    return tuple(Mention(title, holder) for title, holder in found if holder)


def _mentions(role: str, lines: str) -> tuple[Mention, ...]:
    found = filter(None, (one.strip(" \t-–•") for one in lines.splitlines()))
    return tuple(Mention(role, one) for one in found)


def _method(full: Sequence[Filled]) -> tuple[Part, ...]:
    where = tuple(f"{one.title}{_(': ')}{one.source}" for one in full if one.source)
    secrecy = (
        _(
            "What teams confided to the centre is told by numbers only; a number under "
            "%(least)s, or that the others and their total would give, is not told."
        )
        % {"least": figures.LEAST},
        _("No territory is named for its step, its contacts nor its pairings."),
        _("What a territory takes back after publication is taken out of this page."),
    )
    return (
        Part(_("Where each chapter comes from"), where),
        Part(_("What is not told, and why"), secrecy),
    )


def _filled(report: Report) -> list[Filled]:
    """The parts chosen, each read once, in the order of the document."""
    space, wanted = report.space, list(report.parts)
    editions = {f"{SURVEY}{one.pk}": one for one in editions_of(space)}
    chosen = [edition for code, edition in editions.items() if code in wanted]
    contents = contents_today(chosen)
    found = [_of_survey(edition, contents[edition.pk]) for edition in chosen]
    if OF_THE_COCKPIT & set(wanted):
        found += _of_cockpit(cockpit_of(space), wanted)
    if "support" in wanted:
        told = figures.support_of(space)
        source = _("exchanges noted by the centre, without names")
        found.append(_counts("support", tuple(pieces.support(told)), source, told))
    if "pairings" in wanted:
        told = figures.pairings_of(space)
        source = _("pairings of the centre that both teams agreed to")
        found.append(_counts("pairings", tuple(pieces.pairings(told)), source, told))
    if OF_THE_LIBRARY & set(wanted):
        found += _of_library(space, wanted)
    return found


def _of_survey(edition: Edition, content: Content) -> Filled:
    """Everything of its synthesis that stands on slides; the rest is read there."""
    prefix = f"enquete-{edition.synthesis.campaign_id}"
    shown: list[Piece] = []
    for chapter in content.chapters:
        if told := _told_again(chapter):
            shown += [Heading(chapter.title), *(_coded(one, prefix) for one in told)]
    words = _("%(source)s. The whole synthesis: “%(title)s”, %(day)s.")
    said = {
        "source": content.source,
        "title": content.title,
        "day": content.date_line,
    }
    return Filled(
        content.title,
        tuple(shown),
        words % said,
        content.is_simulated,
        edition,
        content.shown_territories,
    )


def _told_again(chapter: Chapter) -> list[Piece]:
    """What of a chapter holds in another document: what opens or closes the survey's
    own synthesis, words without a table nor a map, speaks of that one."""
    told: list[Piece] = [
        piece
        for piece in chapter.pieces
        if piece.kind != "missing" and not getattr(piece, "is_detail", False)
    ]
    if any(isinstance(one, Table | Map | Quotes) for one in told):
        return told
    return [one for one in told if one.kind != "text"]


def _coded(piece: Piece, prefix: str) -> Piece:
    """A table under a code that no other survey has."""
    if isinstance(piece, Table):
        return replace(piece, code=f"{prefix}-{piece.code}")
    return piece


def _of_cockpit(cockpit: Cockpit, wanted: Sequence[str]) -> list[Filled]:
    found = []
    if "territories" in wanted:
        shown = pieces.territories(cockpit, figures.places_of(cockpit))
        sources = (cockpit.income_source, cockpit.index_title)
        source = ", ".join(one for one in sources if one)
        found.append(Filled(str(PARTS["territories"]), tuple(shown), source))
    if "steps" in wanted:
        told = figures.steps_of(cockpit)
        source = _("roadmaps whose teams show their step to the centre")
        found.append(_counts("steps", tuple(pieces.steps(told)), source, told))
    return found


def _counts(
    code: str, shown: tuple[Piece, ...], source: str, told: figures.Told
) -> Filled:
    """Nothing at all is an empty part; a number not told is told so."""
    is_empty = told.total == 0
    return Filled(
        str(PARTS[code]), () if is_empty else shown, source, told.is_simulated
    )


def _of_library(space: Space, wanted: Sequence[str]) -> list[Filled]:
    sheets = figures.sheets_of(space)
    standings = {code: str(words) for code, words in STANDINGS if code}
    made = {
        "initiatives": pieces.initiatives(sheets),
        "schemes": pieces.schemes(sheets, standings),
        "figures": pieces.key_figures(sheets),
    }
    source = _("public sheets of the library, with their documents and dates")
    kinds = {"initiatives": ("initiative", "story"), "schemes": ("scheme",)}
    return [
        Filled(
            str(PARTS[code]),
            tuple(shown),
            source,
            any(
                one.is_simulated
                for one in sheets
                if one.kind in kinds.get(code, ("figure",))
            ),
        )
        for code, shown in made.items()
        if code in wanted
    ]


def to_origins(composed: Composed) -> list[dict[str, object]]:
    return [asdict(one) for one in composed.origins]
