"""What the portrait says in words: the same on the page and in every file."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.analysis.findings import HIGH_BANDS
from jalons.diagnosis import words
from jalons.diagnosis.maturity import Maturity
from jalons.diagnosis.portrait import Concerned, KeyFigure, Portrait, Shared
from jalons.indicators.figures import Figure
from jalons.territories.models import Territory

Kind = Territory.Kind
COUNTED: dict[str, str | Promise] = {
    "older": gettext_lazy("about %(count)s people aged 65 or more"),
    "modest": gettext_lazy("about %(count)s people under the poverty line"),
}
"""The publics that the lead counts."""
INCOMES = ("median_income", "poverty_rate")
"""Those that no sum of smaller territories gives."""


def title(portrait: Portrait) -> str:
    name = portrait.territory.name
    return _("%(name)s: who risks being left out of digital life?") % {"name": name}


def lead(portrait: Portrait) -> str:
    """The answer in two sentences, with the numbers of persons."""
    if not portrait.known:
        return _unknown(portrait)
    groups = [
        str(message) % {"count": words.whole(one.count)}
        for one in portrait.publics
        if one.count is not None and (message := COUNTED.get(one.public.code))
    ]
    if not groups:
        return _("The figures loaded say risks, not persons: see them below.")
    return _(
        "In %(name)s, %(groups)s are more at risk than others of being far from "
        "digital tools. These groups overlap and say nothing of one person: the "
        "figures tell where to go and ask."
    ) % {"name": portrait.described.name, "groups": words.listed(groups)}


def _unknown(portrait: Portrait) -> str:
    return " ".join(filter(None, (_of_people(portrait), _counted(portrait))))


def _of_people(portrait: Portrait) -> str:
    if any(one.spread for one in portrait.figures):
        return _(
            "No figure about people is loaded for the whole territory, but its EPCI "
            "have theirs: the table says between which values they lie."
        )
    return _(
        "No figure about people is loaded for this territory yet. What to ask in the "
        "field is below, and does not wait for figures."
    )


def _counted(portrait: Portrait) -> str:
    """The lists in which the territory has something, each with its number."""
    some = [
        _("%(title)s: %(n)s") % {"title": one.title, "n": words.whole(round(one.value))}
        for one in portrait.supports
        if one.value
    ]
    return (
        _("Already counted here: %(some)s.") % {"some": _("; ").join(some)}
        if some
        else ""
    )


def borrowed(portrait: Portrait) -> str:
    """Said wherever the figures are those of a larger territory."""
    if not portrait.is_borrowed:
        return _partly_borrowed(portrait) or _only_spreads(portrait)
    if portrait.territory.kind == Kind.IRIS:
        return _(
            "No figure is loaded for the IRIS %(name)s itself. Those below are the "
            "figures of %(larger)s: they hide what sets this part of it apart."
        ) % {"name": portrait.territory.name, "larger": portrait.described.name}
    return _(
        "No figure is loaded for %(name)s itself. Those below are the figures of its "
        "group of communes (EPCI), %(epci)s: they may hide great differences "
        "between communes."
    ) % {"name": portrait.territory.name, "epci": portrait.described.name}


def _partly_borrowed(portrait: Portrait) -> str:
    """For a commune or an IRIS, which marks to look for."""
    epci = portrait.epci
    inherited = portrait.inherited
    if inherited and portrait.territory.kind == Kind.IRIS:
        return ngettext(
            "%(n)s figure below is not that of the IRIS but of a larger territory, its "
            "commune first. It is marked, and has no place among the IRIS.",
            "%(n)s figures below are not those of the IRIS but of a larger territory, "
            "its commune first. They are marked, and have no place among the IRIS.",
            len(inherited),
        ) % {"n": len(inherited)}
    if not inherited or epci is None or portrait.territory.kind != Kind.COMMUNE:
        return ""
    return ngettext(
        "%(n)s figure below is not that of the commune but of a larger territory, its "
        "EPCI first (%(epci)s). It is marked, and has no place among the communes.",
        "%(n)s figures below are not those of the commune but of a larger territory, "
        "its EPCI first (%(epci)s). They are marked, and have no place among the "
        "communes.",
        len(inherited),
    ) % {"n": len(inherited), "epci": epci.name}


def _only_spreads(portrait: Portrait) -> str:
    """Why a département or a région has spreads and no value, and what to load."""
    apart = {one.code for one in portrait.figures if one.spread}
    incomes = _(
        "Median income and poverty rate cannot be added up: they are read in the "
        "Filosofi file of this level. Until it is loaded, the table says between which "
        "values those of the EPCI lie."
    )
    if apart <= set(INCOMES):
        return incomes if apart else ""
    rates = _(
        "Some figures are known EPCI by EPCI as rates, without the numbers of persons "
        "or households that they come from: a mean of rates would not be the rate of "
        "the whole. Once INSEE’s census files by commune are loaded, the values are "
        "computed again from these numbers."
    )
    return f"{rates} {incomes}" if apart & set(INCOMES) else rates


def owner(figure: Figure | None) -> str:
    """Whose value it is, when it is not the territory's own; for files."""
    if figure is None:
        return ""
    if figure.status == "imputed":
        return _("estimated: the commune merged or was split")
    if not figure.inherited_from:
        return ""
    return str(words.OWNERS[Kind(figure.inherited_kind)])


def flagged(text: str, figure: Figure | None) -> str:
    """The text of a value, said to be another territory's when it is."""
    return f"{text} ({said})" if (said := owner(figure)) else text


def value(figure: KeyFigure) -> str:
    """The value; else between which values the EPCI lie; else the reason."""
    if figure.value is not None:
        said = words.text(figure.value, figure.unit, _finer(figure))
        return flagged(said, figure.figure)
    if figure.spread:
        return _("from %(low)s to %(high)s in its %(n)s EPCI") % {
            "low": words.bound(figure.spread.low, figure.unit),
            "high": words.text(figure.spread.high, figure.unit),
            "n": figure.spread.n,
        }
    return words.reason(figure.status)


def place(figure: KeyFigure) -> str:
    """Where the value lies among the peers, never a rank."""
    if figure.position:
        return str(words.BANDS[figure.position.band])
    return _unplaced(figure)


def _unplaced(figure: KeyFigure) -> str:
    """Why a figure has no place among the peers."""
    if figure.value is None:
        return _("no value to place")
    if figure.is_inherited:
        return _("not its own value: no place")
    return _("too few peers known to tell")


def middle_half(figure: KeyFigure) -> str:
    """Between which values half of the peers whose figure is known lie."""
    if figure.position is None:
        return _("not told")
    return _("%(low)s to %(high)s (n = %(n)s)") % {
        "low": words.bound(figure.position.low, figure.unit, _finer(figure)),
        "high": words.text(figure.position.high, figure.unit, _finer(figure)),
        "n": words.whole(figure.position.n),
    }


def _finer(figure: KeyFigure) -> int:
    """The decimals added so that a value is not told equal to what it lies beyond."""
    at = figure.position
    if at is None:
        return 0
    return words.finer(at.value, at.band, (at.low, at.high), figure.unit)


def among_alike(figure: KeyFigure) -> str:
    if figure.among_alike is None:
        return _("not known there")
    return words.text(figure.among_alike, figure.unit)


def origin(figure: KeyFigure) -> str:
    """Source and vintage of a figure, or where one would come from."""
    if figure.figure:
        return f"{figure.figure.source}, {figure.figure.dated}"
    if figure.spread:
        return f"{figure.spread.source}, {figure.spread.years}"
    return words.reason("")


def concerned(one: Concerned) -> str:
    """In persons or households; else why they are not counted."""
    if one.count is not None:
        return words.persons(one.count, one.public.unit)
    if one.share is None and one.public.indicator:
        return words.reason(one.figure.status if one.figure else "")
    return str(one.public.where) or _("not counted")


def share(one: Concerned) -> str:
    """The share, and what it is a share of."""
    if one.share is None:
        if not one.public.indicator:
            return _("no figure here")
        return words.reason(one.figure.status if one.figure else "")
    said = f"{words.text(one.share, 'percent')} {one.public.share_of}"
    return flagged(said, one.figure)


def scale(shared: Shared) -> str:
    """At what scale to act on one weak point."""
    reach = shared.reach
    numbers = {
        "title": shared.figure.title,
        "n": reach.n,
        "names": words.listed(list(shared.names)),
        "count": len(shared.names),
        "such": _side(shared.figure),
    }
    if reach.scale == "unknown":
        return _("%(title)s: too few neighbours have this figure to tell.") % numbers
    if reach.scale == "alone":
        said = _(
            "%(title)s: %(such)s here, and none of the %(n)s neighbours whose figure "
            "is known has one too. To be dealt with here first."
        )
    elif reach.scale == "together":
        said = ngettext(
            "%(title)s: %(such)s here, and %(count)s of the %(n)s neighbours whose "
            "figure is known has one too (%(names)s). Half of them or more: acting "
            "together, or with the département, makes sense.",
            "%(title)s: %(such)s here, and %(count)s of the %(n)s neighbours whose "
            "figure is known have one too (%(names)s). Half of them or more: acting "
            "together, or with the département, makes sense.",
            len(shared.names),
        )
    else:
        said = ngettext(
            "%(title)s: %(such)s here, and %(count)s of the %(n)s neighbours whose "
            "figure is known has one too (%(names)s). Talk to it before starting "
            "alone.",
            "%(title)s: %(such)s here, and %(count)s of the %(n)s neighbours whose "
            "figure is known have one too (%(names)s). Talk to them before starting "
            "alone.",
            len(shared.names),
        )
    return said % numbers


def _side(figure: KeyFigure) -> str:
    """On which side of its peers a figure stands out."""
    is_high = figure.position is not None and figure.position.band in HIGH_BANDS
    return _("a high figure") if is_high else _("a low figure")


def no_scale(portrait: Portrait) -> str:
    """When no figure stands out, or nobody touches the territory."""
    if portrait.shared:
        return ""
    if not portrait.known:
        return _("Without figures, the neighbours cannot be compared.")
    if not any(one.position for one in portrait.figures):
        return _("None of its own figures can be compared with those of its peers.")
    return _(
        "No figure stands out from its peers: averages may hide the communes where the "
        "needs are. Look inside the territory first."
    )


def maturity(found: Maturity | None) -> str:
    if found is None:
        return _("Maturity is measured EPCI by EPCI: open the portrait of one of them.")
    said = {"survey": found.survey, "level": found.level}
    if found.state == "published":
        return _("Level published by the survey “%(survey)s”: %(level)s.") % said
    if found.state == "not_published":
        return (
            _("The EPCI answered the survey “%(survey)s”; its level is not published.")
            % said
        )
    if found.state == "no_answer":
        return _("The EPCI did not answer the survey “%(survey)s”.") % said
    return _("No public survey bears on this EPCI.")


def silences(portrait: Portrait) -> list[str]:
    """What the figures do not say, always present."""
    lines = [
        _(
            "They measure risks over a territory, not persons: many people over 65 are "
            "at ease, many young people are not."
        ),
        _(
            "No public file counts the people who have no device, cannot do a "
            "procedure, or have been deceived online: only a field survey does."
        ),
        _(
            "They are some years old, and averages: two communes of one EPCI may be "
            "very different."
        ),
        _("They say nothing of the help that exists: places, helpers, opening hours."),
        _(
            "To be among the highest or the lowest is relative to others: it is no "
            "target, and cannot be followed from year to year."
        ),
    ]
    if portrait.territory.kind == Kind.IRIS:
        lines.append(
            _(
                "They come from a sample of the census: over some hundreds of people, "
                "a difference of a few points may be one of luck. No contour of the "
                "IRIS is loaded: it is not drawn on a map."
            )
        )
    elif not portrait.has_iris:
        lines.append(_("Nothing is loaded below the commune (IRIS)."))
    if portrait.inherited:
        lines.append(
            _("Known for a larger territory only: %(names)s.")
            % {"names": _("; ").join(str(one.title) for one in portrait.inherited)}
        )
    missing = [str(one.title) for one in portrait.figures if not _is_told(one)]
    missing += [str(one.title) for one in portrait.supports if not one.figure]
    if missing:
        lines.append(
            _("Not loaded or not published here: %(names)s.")
            % {"names": _("; ").join(missing)}
        )
    return lines


def _is_told(figure: KeyFigure) -> bool:
    return figure.value is not None or figure.spread is not None


def source_line(portrait: Portrait, codes: Collection[str] | None = None) -> str:
    """Every source of the page, in one line; of some figures only with `codes`."""
    sources = {
        origin(one)
        for one in (*portrait.figures, *portrait.supports)
        if (one.figure or one.spread) and (codes is None or one.code in codes)
    }
    geography = _("INSEE and DGCL, official geographic code 2026")
    return _("; ").join([*sorted(sources), geography])
