"""Every table of a restitution, from its figures, in the reader's words."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.intervals import wilson
from jalons.drawing.skins import CLASS_FILLS
from jalons.observatory import sentences
from jalons.observatory.answer_results import Count
from jalons.observatory.results import Departement, Figures, Spot
from jalons.observatory.sheets import (
    Cell,
    Column,
    Row,
    Sheet,
    bar_column,
    count,
    count_column,
    name,
    name_column,
    optional,
    share_cells,
    share_columns,
    share_of,
    with_bar,
)
from jalons.observatory.words import Words, number
from jalons.surveys.models import Involvement, Response
from jalons.surveys.reconciling import obtained


def profiles(figures: Figures, words: Words) -> Sheet:
    """Respondents by profile."""
    base = figures.base
    lines = [(words.group(code), n) for code, n in base.profiles] + [
        (_("Profile not stated"), base.without_profile)
    ] * bool(base.without_profile)
    rows = [
        Row((name(label), count(n), share_of(n, base.responses))) for label, n in lines
    ]
    return Sheet(
        "profils",
        _("Respondents by profile"),
        (
            name_column(_("Profile")),
            count_column(_("Respondents")),
            Column(_("Share"), (_("share (%)"),), is_number=True),
        ),
        tuple(rows),
        _("Unit: respondents, n = %(n)s.") % {"n": number(base.responses)},
    )


def channels(figures: Figures) -> Sheet:
    """Respondents by the channel through which they answered."""
    base = figures.base
    rows = [
        Row((name(_channel_names(codes)), count(n), share_of(n, base.responses)))
        for codes, n in base.channels
    ]
    return Sheet(
        "canaux",
        _("Respondents by channel"),
        (
            name_column(_("Channel")),
            count_column(_("Respondents")),
            Column(_("Share"), (_("share (%)"),), is_number=True),
        ),
        tuple(rows),
        _("Unit: respondents, n = %(n)s.") % {"n": number(base.responses)},
    )


def _channel_names(codes: tuple[str, ...]) -> str:
    return ", ".join(str(Response.Channel(code).label) for code in codes)


def departements(figures: Figures, words: Words) -> Sheet:
    """Participation, progress and, once it is stated, the département's own part."""
    is_stated = any(one.involvement for one in figures.departements)
    advanced = Column(_("Advanced"), (_("advanced or more"), _("n")), True)
    columns = (
        name_column(_("Département")),
        Column(_("EPCI that answered"), (_("EPCI that answered"), _("EPCI")), True),
        Column(_("Coverage"), (_("coverage (%)"),), is_number=True),
        count_column(_("Responses")),
        *((advanced, *share_columns()[1:]) if figures.classes else ()),
        *([name_column(_("The département itself"))] if is_stated else []),
    )
    notes = []
    if figures.classes:
        note = _("Unit: %(units)s. “Advanced” counts the classes %(classes)s.") % {
            "units": sentences.units(figures),
            "classes": sentences.quoted(words, "maturity", figures.classes[-2:]),
        }
        notes = [note, sentences.small_numbers(), sentences.interval_label()]
    if is_stated:
        notes.append(_("What the département does is entered by the resource centre."))
    return Sheet(
        "departements",
        _("Participation and progress by département"),
        columns,
        tuple(
            _departement(one, bool(figures.classes), is_stated)
            for one in figures.departements
        ),
        " ".join(notes),
    )


def _departement(one: Departement, is_scored: bool, is_stated: bool) -> Row:
    of = {"count": one.responding, "n": one.epci}
    level = dict(Involvement.Level.choices).get(one.involvement or "")
    involvement = Cell(str(level or "–"), (str(level) if level else None,))
    return Row(
        (
            name(one.name),
            Cell(_("%(count)s of %(n)s") % of, (one.responding, one.epci)),
            share_of(one.responding, one.epci),
            count(one.responses),
            *(share_cells(one.advanced or Count(None, None)) if is_scored else ()),
            *([involvement] if is_stated else []),
        )
    )


def distribution(figures: Figures, words: Words, departement: str = "") -> Sheet:
    """Territories by class, in the perimeter or in one département."""
    counts = _counts_in(figures, departement)
    n = counts[0].n if counts else 0
    rows = [
        Row(
            (
                name(f"{words.label('maturity', code)} ({words.note(code)})"),
                count(found.count),
                with_bar(found, fill),
            )
        )
        for code, found, fill in zip(
            figures.classes, counts, fills(len(figures.classes)), strict=True
        )
    ]
    columns = (
        name_column(_("Class")),
        count_column(_("EPCI")),
        bar_column(),
    )
    caption = ngettext(
        "Spread: %(n)s %(units)s", "How the %(n)s %(units)s are spread", n or 0
    ) % {
        "n": number(n),
        "units": sentences.units(figures),
    }
    return Sheet("classes", caption, columns, tuple(rows))


def fills(classes: int) -> tuple[str, ...]:
    """A shade for each class; beyond four classes, neighbours share one."""
    shades = len(CLASS_FILLS)
    return tuple(
        CLASS_FILLS[at * shades // max(classes, shades)] for at in range(classes)
    )


def _counts_in(figures: Figures, departement: str) -> tuple[Count, ...]:
    """Classes of the territories shown in one département.

    All of them without a filter, or when no class is shown.
    """
    if not (departement and figures.shows_classes):
        return figures.distribution
    spots = [one for one in figures.spots if one.departement == departement]
    states = [one.state for one in spots if one.state in figures.classes]
    n = len(states)
    return tuple(
        Count(k, n, wilson(k, n, len(spots)))
        for k in map(states.count, figures.classes)
    )


def territories(
    figures: Figures, words: Words, *, by_departement: bool = False
) -> Sheet:
    """The map as a table, by name or by département, never by score (rule 9)."""
    names = {one.code: one.name for one in figures.departements}

    def order(spot: Spot) -> tuple[str, str]:
        first = names.get(spot.departement or "", "") if by_departement else ""
        return plain(first), plain(spot.name)

    is_team = figures.audience == "team"
    rows = [
        Row(
            (
                name(spot.name),
                name(names.get(spot.departement or "", "–")),
                Cell(state_text(spot, words), (state_text(spot, words),)),
                _obtained(spot),
                *(_of_the_team(spot) if is_team else ()),
            )
        )
        for spot in sorted(figures.spots, key=order)
    ]
    columns = [
        name_column(_("EPCI")),
        name_column(_("Département")),
        name_column(_("Level of progress")),
        name_column(_("Obtained by")),
    ]
    if is_team:
        columns += [
            count_column(_("Responses")),
            Column(_("Points, lowest–highest"), (_("lowest"), _("highest")), True),
        ]
    return Sheet("epci", _("Level of progress, by EPCI"), tuple(columns), tuple(rows))


def state_text(spot: Spot, words: Words) -> str:
    """The class of a territory with its marks, or why it shows none."""
    marks = []
    if spot.is_uncertain:
        marks.append(_("uncertain"))
    if spot.is_borderline:
        marks.append(_("on the limit"))
    text = words.state(spot.state)
    return f"{text} ({', '.join(marks)})" if marks else text


def _obtained(spot: Spot) -> Cell:
    """How several answers became one, beside every class that is shown."""
    if spot.method is None:
        return Cell("–", (None,))
    words = obtained(spot.method, spot.respondents)
    return Cell(words, (words,))


def _of_the_team(spot: Spot) -> tuple[Cell, ...]:
    bounds = Cell("–", (None, None))
    if spot.low is not None and spot.high is not None:
        low, high = number(spot.low), number(spot.high)
        text = low if low == high else f"{low}–{high}"
        bounds = Cell(text, (spot.low, spot.high))
    return optional(spot.respondents), bounds


def plain(text: str) -> str:
    """For sorting: without accents nor capitals."""
    return (
        unicodedata.normalize("NFKD", text)
        .encode("ascii", "ignore")
        .decode()
        .casefold()
    )
