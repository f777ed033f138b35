"""The portrait as documents: whole, with the team's findings, or on one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.diagnosis import brief, pictures, words
from jalons.diagnosis.board import Board, FindingLine
from jalons.diagnosis.commune_maps import commune_map
from jalons.diagnosis.notebook import Notebook
from jalons.diagnosis.reading import Origin, Reading, ThemeRead
from jalons.diagnosis.sentences import source_line
from jalons.documents.model import (
    Block,
    Callout,
    Document,
    Facts,
    Figure,
    Items,
    Lead,
    Paragraph,
    Section,
    Strong,
    Text,
)
from jalons.documents.words import date_format
from jalons.drawing.skins import PRINT
from jalons.observatory.documents import table_of
from jalons.observatory.sheets import Sheet

LOCATOR_MM, MAP_MM, BRIEF_MAP_MM = 52, 54, 90
"""Heights of the maps; that of the sheet for elected members takes what its single page
has left."""


@dataclass(frozen=True, slots=True)
class Team:
    """What is in the team's own file only: findings, notes, its own figures, and what
    its mediators say."""

    board: Board
    notebook: Notebook
    own: Sheet | None
    said: Sheet | None = None


def portrait(shown: Reading, team: Team | None = None) -> Document:
    """The whole portrait; with a team, what it makes of it comes first."""
    board = team.board if team else None
    sections = [
        Section(_("In short"), [*_summary(shown), *([] if team else _place(shown))]),
        *([Section(_("What the team says"), list(_team(team)))] if team else []),
        Section(_("The figures"), list(_figures(shown))),
        *(
            [Section(_("Our own figures"), [table_of(team.own)])]
            if team and team.own
            else []
        ),
        *(
            [Section(_("What the mediators say"), [table_of(team.said)])]
            if team and team.said
            else []
        ),
        Section(_("Who is concerned, and how many"), [table_of(shown.publics)]),
        *(
            [Section(_("What already exists"), [table_of(shown.supports)])]
            if shown.supports
            else []
        ),
        Section(
            _("The four digital vulnerabilities"),
            [
                Section(str(one.title), list(_theme(one, before)))
                for one, before in _with_those_before(shown.themes)
            ],
        ),
        Section(_("Which communes, which districts?"), list(_communes(shown))),
        Section(_("At what scale should one act?"), list(_scale(shown))),
        *([] if board else [Section(_("To be discussed"), list(_findings(shown)))]),
        Section(_("The index of digital fragility"), list(_index(shown))),
        Section(_("Maturity of the EPCI"), [Paragraph(shown.maturity)]),
        Section(_("What the figures do not say"), [Items(shown.silences)]),
        Section(
            _("Where these figures come from"),
            list(_origins(shown.origins)),
        ),
    ]
    return _document(shown, shown.title, sections, board)


def one_page(shown: Reading, board: Board | None = None) -> Document:
    """Two facts, one map, three questions, for elected members; with a team, what it
    makes of them."""
    view = brief.team_view(board) if board else None
    found = brief.brief_of(shown.portrait, view)
    blocks: list[Block] = [Facts(found.facts)] if found.facts else []
    blocks += [Items(found.remember)] if found.remember else []
    picture = pictures.locator(
        shown.portrait.described, shown.portrait.groups, skin=PRINT
    )
    sections = [Section(_("Two facts to remember"), blocks)] if blocks else []
    if found.said:
        sections.append(Section(_("What the team says"), [Items([*found.said])]))
    if picture:
        name = shown.portrait.described.name
        alt = _("%(name)s is darker than the territories around it.") % {"name": name}
        caption = _("Where %(name)s lies") % {"name": name}
        drawn = Figure(picture, alt, caption, height_mm=BRIEF_MAP_MM, fills=True)
        sections.append(Section(_("One map"), [drawn]))
    sections.append(Section(_("Three questions to ask"), [Items(found.questions)]))
    sections.append(
        Section(_("To be read with care"), [Callout(found.caution, "caution")])
    )
    title = _("%(name)s: digital inclusion on one page") % {
        "name": shown.portrait.territory.name
    }
    cited = _document(shown, title, sections, board, found.codes)
    return replace(cited, source_line=source_line(shown.portrait, found.codes))


def _document(
    shown: Reading,
    title: str,
    sections: list[Section],
    board: Board | None = None,
    codes: Collection[str] | None = None,
) -> Document:
    """Dated by its figures: all of them, or those of `codes`."""
    vintages = {
        one.figure.vintage[:4]
        for one in shown.portrait.figures
        if one.figure is not None and (codes is None or one.code in codes)
    }
    years = words.listed(sorted(vintages)) or "2026"
    is_simulated = board is not None and board.diagnosis.is_simulated
    return Document(
        title=title,
        subtitle=shown.portrait.territory.get_kind_display(),
        sections=sections,
        language=get_language() or "fr",
        source_line=shown.source,
        date_line=_("Figures of %(years)s") % {"years": years},
        author="Jalons",
        watermark=_("SIMULATED") if is_simulated else None,
    )


def _summary(shown: Reading) -> Iterator[Block]:
    yield Lead(shown.lead)
    if shown.borrowed:
        yield Callout(shown.borrowed, "caution")
    if shown.facts:
        yield Facts(shown.facts)


def _place(shown: Reading) -> Iterator[Block]:
    """Where it lies; a team knows, and its document has its words to hold."""
    mine = shown.portrait.described
    picture = pictures.locator(mine, shown.portrait.groups, skin=PRINT)
    if picture:
        yield Figure(
            svg=picture,
            alt=_("%(name)s is darker than the territories around it.")
            % {"name": mine.name},
            caption=_("Where %(name)s lies") % {"name": mine.name},
            height_mm=LOCATOR_MM,
        )


def _figures(shown: Reading) -> Iterator[Block]:
    if shown.key_figures.rows:
        yield table_of(shown.key_figures)
    else:
        yield Paragraph(shown.lead)


def _with_those_before(
    themes: list[ThemeRead],
) -> Iterator[tuple[ThemeRead, set[str]]]:
    """Each theme, with the national figures that the pages before it printed."""
    before: set[str] = set()
    for one in themes:
        yield one, set(before)
        before.update(one.national)


def _theme(one: ThemeRead, before: set[str]) -> Iterator[Block]:
    yield Paragraph([f"{one.meaning} ", str(one.why)])
    if one.known:
        yield Paragraph([Strong(_("Known here"))])
        yield Items(one.known)
    national = [line for line in one.national if line not in before]
    if national:
        yield Paragraph([Strong(_("Known in France, not to be applied as it is"))])
        yield Items(national)
    silent = " ".join(map(str, one.silent))
    yield Paragraph([Strong(_("What no data says")), _(": "), silent])
    yield Paragraph([Strong(_("To ask in the field"))])
    yield Items([str(line) for line in one.ask])


def _communes(shown: Reading) -> Iterator[Block]:
    yield Items(shown.communes)
    picture = commune_map(shown.portrait.communes, PRINT)
    if picture:
        yield Figure(
            svg=picture.svg,
            alt=picture.summary,
            caption=picture.title,
            legend=picture.legend,
            height_mm=MAP_MM,
        )


def _scale(shown: Reading) -> Iterator[Block]:
    yield Items(shown.scales)
    picture = pictures.neighbourhood(shown.portrait, PRINT)
    if picture:
        yield Figure(
            svg=picture.svg,
            alt=picture.summary,
            caption=picture.title,
            legend=picture.legend,
            height_mm=MAP_MM,
        )
    if shown.portrait.alike:
        yield Paragraph([Strong(_("Territories that resemble this one"))])
        yield Items([f"{one.name}. {one.reason}" for one in shown.portrait.alike])


def _index(shown: Reading) -> Iterator[Block]:
    yield Items(shown.index)
    for sheet in (shown.axes, shown.lines):
        if sheet:
            yield table_of(sheet)


def _findings(shown: Reading) -> Iterator[Block]:
    for title, lines in shown.findings:
        yield Section(title, [Items(lines)])
    if not shown.findings:
        yield Paragraph(_("No figure stands out: start with the questions above."))


def _team(team: Team) -> Iterator[Block]:
    board = team.board
    if team.notebook:
        noted: list[Text] = [
            [Strong(f"{one.heading} "), one.said] for one in team.notebook.lines
        ]
        noted += team.notebook.skipped
        yield Section(_("What we noted during the hour"), [Items(noted)])
    for title, lines in board.groups:
        yield Section(title, [Items([_finding(one) for one in lines])])
    visits = board.diagnosis.visits.select_related("commune").order_by("visited_on")
    if visits:
        met = [
            _("%(commune)s, %(date)s: %(learnt)s")
            % {
                "commune": one.commune.name,
                "date": date_format(one.visited_on, "DATE_FORMAT"),
                "learnt": one.learnt,
            }
            for one in visits
        ]
        yield Section(_("Visits"), [Items(met)])


def _finding(one: FindingLine) -> str:
    said = f"{one.text} [{one.state.label}]"
    return f"{said} {one.last.comment}" if one.last and one.last.comment else said


def _origins(origins: Sequence[Origin]) -> Iterator[Block]:
    """Each source once, with what to know of each of its figures; then the reviews."""
    by_source: dict[str, list[Text]] = defaultdict(list)
    for one in origins:
        by_source[f"{one.source}, {one.licence}."].append(
            [Strong(f"{one.title}. "), " ".join(filter(None, (one.limits, one.base)))]
        )
    for source, items in by_source.items():
        yield Paragraph([Strong(source)])
        yield Items(items)
    unread = [one.title for one in origins if not one.is_reviewed]
    if unread and len(unread) == len(origins):
        yield Paragraph(_("Nobody has reviewed these definitions yet."))
    elif unread:
        message = _("Definitions that nobody has reviewed yet: %(names)s.")
        yield Paragraph(message % {"names": _("; ").join(unread)})
