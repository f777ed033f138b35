"""A portrait put in words once, for the page and for every file made from it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jalons.diagnosis import (
    index_sheets,
    indexing,
    sentences,
    supports,
    tables,
    words,
)
from jalons.diagnosis.commune_sentences import said
from jalons.diagnosis.evidence import Evidence, evidence_of, sentence
from jalons.diagnosis.national import KeyFigure as National
from jalons.diagnosis.national import key_figures, told
from jalons.diagnosis.portrait import KeyFigure, Portrait
from jalons.diagnosis.themes import THEMES, Theme
from jalons.documents.model import Fact
from jalons.indicators.models import Indicator
from jalons.observatory.sheets import Sheet
from jalons.territories.models import POPULATION_YEAR

Words = str | Promise


@dataclass(frozen=True, slots=True)
class ThemeRead:
    """One vulnerability: what is known here, what is known in France, what is not."""

    title: Words
    meaning: Words
    why: Words
    known: list[str]
    national: list[str]
    silent: tuple[Words, ...]
    ask: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one figure comes from, and what to know before quoting it."""

    code: str
    title: str
    question: str
    limits: str
    source: str
    licence: str
    base: str
    is_reviewed: bool

    @property
    def told(self) -> str:
        """All of it, in one paragraph."""
        whole = f"{self.question} {self.limits} {self.source}, {self.licence}."
        review = _("reviewed") if self.is_reviewed else _("definition not reviewed")
        return " ".join(filter(None, (whole, self.base, f"({review})")))


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a reader of the portrait is told, in order."""

    portrait: Portrait
    title: str
    lead: str
    borrowed: str
    facts: list[Fact]
    key_figures: Sheet
    publics: Sheet
    supports: Sheet | None
    themes: list[ThemeRead]
    findings: list[tuple[str, list[str]]]
    communes: list[str]
    scales: list[str]
    index: list[str]
    axes: Sheet | None
    lines: Sheet | None
    maturity: str
    silences: list[str]
    origins: list[Origin]
    source: str


def read(portrait: Portrait) -> Reading:
    found = list(evidence_of(portrait))
    scales = [sentences.scale(one) for one in portrait.shared]
    return Reading(
        portrait=portrait,
        title=sentences.title(portrait),
        lead=sentences.lead(portrait),
        borrowed=sentences.borrowed(portrait),
        facts=facts(portrait),
        key_figures=tables.key_figures(portrait),
        publics=tables.publics(portrait),
        supports=supports.sheet(portrait),
        themes=[_theme(portrait, theme) for theme in THEMES],
        findings=_findings(found),
        communes=said(portrait.communes),
        scales=scales or [sentences.no_scale(portrait)],
        index=indexing.sentences_of(portrait.standing, portrait.described),
        axes=index_sheets.axes(portrait.standing),
        lines=index_sheets.lines(portrait.standing),
        maturity=sentences.maturity(portrait.maturity),
        silences=sentences.silences(portrait),
        origins=origins_of(portrait),
        source=sentences.source_line(portrait),
    )


def origins_of(portrait: Portrait) -> list[Origin]:
    """Where each figure shown comes from."""
    return [
        _origin(one, one.indicator)
        for one in (*portrait.loaded, *portrait.supports)
        if one.indicator and (one.figure or one.spread)
    ]


def facts(portrait: Portrait) -> list[Fact]:
    """Inhabitants, then the publics counted, then the income."""
    shown = []
    if portrait.described.population is not None:
        people = words.whole(portrait.described.population)
        inhabitants = _("INSEE, municipal population of %(year)s") % {
            "year": POPULATION_YEAR
        }
        shown.append(Fact(_("Inhabitants"), people, note=inhabitants))
    for one in portrait.publics:
        if one.count is not None and one.figure:
            note = f"{sentences.share(one)}, {one.figure.dated}"
            count = words.whole(one.count)
            title = str(one.public.title)
            shown.append(Fact(title, count, note=note, before=_("about")))
    income = portrait.figure("median_income")
    if income and income.value is not None and income.figure:
        amount = words.bound(income.value, income.unit)
        sign = "" if amount.startswith("€") else "€"
        note = _("a year, per consumption unit, %(vintage)s") % {
            "vintage": income.figure.dated
        }
        note = sentences.flagged(note, income.figure)
        shown.append(Fact(str(income.title), amount, sign, note))
    return shown


def _theme(portrait: Portrait, theme: Theme) -> ThemeRead:
    figures = [one for code in theme.known if (one := portrait.figure(code))]
    return ThemeRead(
        theme.title,
        theme.meaning,
        theme.why,
        [_known(one) for one in figures],
        [_national(one) for one in key_figures(theme.code)],
        theme.silent,
        theme.ask,
    )


def _known(one: KeyFigure) -> str:
    said = {"title": one.title, "value": sentences.value(one)}
    if one.position is None or one.figure is None:
        return _("%(title)s: %(value)s.") % said
    said |= {
        "vintage": one.figure.dated,
        "band": str(words.BANDS[one.position.band]),
    }
    return _("%(title)s: %(value)s (%(vintage)s), %(band)s.") % said


def _national(one: National) -> str:
    """Value, definition, population, source and date on one line (rule 19)."""
    return _("%(value)s: %(definition)s (%(population)s; %(source)s). %(caution)s") % {
        "value": told(one.value),
        "definition": told(one.definition),
        "population": told(one.population),
        "source": one.source,
        "caution": told(one.caution),
    }


def _findings(found: list[Evidence]) -> list[tuple[str, list[str]]]:
    """Sentences by kind, the most marked first; the kinds that have none left out."""
    groups = []
    for kind, title in words.KINDS.items():
        ofkind = sorted(
            (one for one in found if one.kind == kind),
            key=lambda one: not one.is_marked,
        )
        if ofkind:
            groups.append((str(title), [sentence(one) for one in ofkind]))
    return groups


def _origin(one: KeyFigure, indicator: Indicator) -> Origin:
    return Origin(
        code=one.code,
        title=str(one.title),
        question=words.localised(indicator.question),
        limits=words.localised(indicator.limits),
        source=sentences.origin(one),
        licence=one.figure.licence if one.figure else indicator.source.licence,
        base=_base(one),
        is_reviewed=indicator.is_reviewed,
    )


def _base(one: KeyFigure) -> str:
    """Of how many people or households the share is a share."""
    if one.unit != "percent" or one.value is None or one.figure is None:
        return ""
    if one.figure.n is not None:
        return _("n = %(n)s.") % {"n": words.whole(round(one.figure.n))}
    return _("The number to which the share applies is not loaded with it.")
