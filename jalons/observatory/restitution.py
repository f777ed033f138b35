"""A restitution ready to be shown: figures, words, and every table by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jalons.documents.model import Fact
from jalons.documents.words import date_format
from jalons.files.licences import with_licence
from jalons.observatory import (
    answer_tables,
    crossing_tables,
    degree_tables,
    dimensions,
    sentences,
    tables,
)
from jalons.observatory.answer_results import TOTAL, Count, Question
from jalons.observatory.results import Crossing, Departement, Figures
from jalons.observatory.sheets import Sheet, share_of
from jalons.observatory.words import Words, interval, number, percent, secret, too_small
from jalons.questionnaires.definitions import Definition
from jalons.surveys.models import Campaign

Builder = Callable[[], Sheet | None]


@dataclass(frozen=True, slots=True)
class Restitution:
    """What one reader is given of one campaign."""

    campaign: Campaign
    figures: Figures
    words: Words
    is_preview: bool = False
    # How it may be reused, when whoever published it said so.
    licence: str = ""

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may keep it."""
        return not (self.is_team or self.is_preview or self.campaign.is_simulated)

    @property
    def is_team(self) -> bool:
        return self.figures.audience == "team"

    @property
    def is_empty(self) -> bool:
        return not self.figures.base.responses and not self.figures.base.used

    @property
    def has_classes(self) -> bool:
        """Whether the questionnaire gives points: without them, no map nor crossing."""
        return bool(self.figures.classes)

    @property
    def shows_levels(self) -> bool:
        """Whether the level of some EPCI is shown: a map without any tells nothing."""
        return any(one.state in self.figures.classes for one in self.figures.spots)

    @property
    def title(self) -> str:
        """The reader's question."""
        return _(
            "%(territory)s: how far have the groups of communes (EPCI) got with "
            "digital matters?"
        ) % {"territory": self.campaign.space.territory.name}

    @property
    def watermark(self) -> str | None:
        return _("SIMULATED") if self.campaign.is_simulated else None

    @property
    def definition(self) -> Definition:
        return self.words.definition

    @property
    def has_degrees(self) -> bool:
        """Whether degrees, ranks, numbers or days are asked: they have a page."""
        return bool(self.figures.degrees)

    @property
    def lead(self) -> str:
        return sentences.lead(self.figures, self.words)

    @property
    def message(self) -> str:
        """Who can act, in one line; `message_with_counts` proves it."""
        return sentences.anywhere(self.figures, self.words, with_counts=False)

    @property
    def message_with_counts(self) -> str:
        return sentences.anywhere(self.figures, self.words)

    @property
    def caution(self) -> str:
        return sentences.caution()

    @property
    def interval_label(self) -> str:
        return sentences.interval_label()

    @property
    def source(self) -> str:
        """Survey, organiser, dates, n: under every figure and every file."""
        base = self.figures.base
        responses = ngettext(
            "%(n)s respondent", "%(n)s respondents", base.responses
        ) % {"n": number(base.responses)}
        told = _(
            "Survey “%(title)s”, %(sponsor)s, %(dates)s: %(n)s, %(epci)s EPCI of "
            "%(all)s"
        ) % {
            "title": self.campaign.title,
            "sponsor": self.campaign.sponsor,
            "dates": self.dates,
            "n": responses,
            "epci": base.responding,
            "all": base.perimeter,
        }
        return with_licence(told, self.licence)

    @property
    def dates(self) -> str:
        """From the first day to the day it was closed, not the one planned."""
        campaign = self.campaign
        opens = {"opens": date_format(campaign.opens_on, "DATE_FORMAT")}
        if campaign.closed_at is None:
            return _("open since %(opens)s") % opens
        closed = date_format(campaign.last_day, "DATE_FORMAT")
        return _("from %(opens)s to %(closes)s") % {**opens, "closes": closed}

    def crossing(self, code: str) -> Crossing | None:
        return self.figures.crossing(code)


def restitution_of(
    campaign: Campaign,
    figures: Figures,
    *,
    is_preview: bool = False,
    licence: str = "",
) -> Restitution:
    """The restitution in the language being read."""
    words = Words(campaign.version.read(), get_language() or "fr")
    return Restitution(campaign, figures, words, is_preview, licence)


def facts(
    shown: Restitution,
    questions: Iterable[Question],
    group: str = TOTAL,
    departement: Departement | None = None,
) -> tuple[Fact, ...]:
    """The figures of the first row.

    `questions` are already those of the département; `group` picks the profile.
    """
    found = _participation(shown, departement)
    by_role = {one.role: one for one in questions}
    if (strategy := by_role.get("strategy")) and (no := _without(shown, strategy)):
        found.append(_fact(_("Without a strategy"), strategy.count(no, group)))
    if (stake := by_role.get("main_stake")) and (first := _first(stake, group)):
        words = sentences.lowered(shown.words.option(stake.code, first))
        found.append(_fact(_("First stake"), stake.count(first, group), words))
    return tuple(found)


def _participation(shown: Restitution, departement: Departement | None) -> list[Fact]:
    base = shown.figures.base
    profiles = sum(n != 0 for _code, n in base.profiles)
    of_profiles = ngettext("%(n)s profile", "%(n)s profiles", profiles)
    responses: int | None = base.responses
    responding, perimeter = base.responding, base.perimeter
    note, place = (
        of_profiles % {"n": profiles},
        ngettext(
            "%(n)s département of %(all)s",
            "%(n)s départements of %(all)s",
            base.departements_covered,
        )
        % {
            "n": base.departements_covered,
            "all": base.departements,
        },
    )
    if departement:
        responses = departement.responses
        responding, perimeter = departement.responding, departement.epci
        note = place = departement.name
    coverage = share_of(responding, perimeter).text
    return [
        Fact(
            _("Responses"),
            secret() if responses is None else number(responses),
            note=note,
        ),
        Fact(
            _("EPCI that answered"),
            number(responding),
            _("of %(n)s") % {"n": number(perimeter)},
            f"{coverage} · {place}",
        ),
    ]


def _without(shown: Restitution, strategy: Question) -> str | None:
    """The answer "no strategy": the one that is worth no point."""
    question = shown.definition.question(strategy.code)
    options = question.options if question else ()
    return next((one.code for one in options if one.points == 0), None)


def _first(question: Question, group: str) -> str | None:
    """The most chosen option; None when a secret count may be higher."""
    counts = {one.option: question.count(one.option, group) for one in question.choices}
    known = {code: c.count for code, c in counts.items() if c and c.count}
    if not known:
        return None
    first = max(known, key=lambda code: known[code] or 0)
    n = next((one.n for one in question.groups if one.code == group), None) or 0
    hidden = n - sum(count or 0 for count in known.values())
    is_sure = not any(c and c.is_secret for c in counts.values())
    return first if is_sure or hidden < (known[first] or 0) else None


def _fact(label: str, found: Count | None, words: str = "") -> Fact:
    if found is None or found.is_secret:
        return Fact(label, secret(), note=words)
    of = {"n": number(found.n), "interval": interval(found.interval)}
    if found.interval is None:
        note = ngettext("n = %(n)s respondent", "n = %(n)s respondents", found.n or 0)
    else:
        note = ngettext(
            "n = %(n)s respondent · %(interval)s",
            "n = %(n)s respondents · %(interval)s",
            found.n or 0,
        )
    note %= of
    value = percent(found.share)
    if found.is_too_small:
        of["count"] = number(found.count)
        value, note = _("%(count)s of %(n)s") % of, too_small()
    return Fact(label, value, note=f"{words} · {note}" if words else note)


def builders(shown: Restitution) -> dict[str, Builder]:
    """Every table of the restitution, by the name of its file."""
    figures, words = shown.figures, shown.words
    found: dict[str, Builder] = {
        "profils": partial(tables.profiles, figures, words),
        "canaux": partial(tables.channels, figures),
        "departements": partial(tables.departements, figures, words),
        "classes": partial(tables.distribution, figures, words),
        "dimensions": partial(dimensions.sheet, figures, words),
        "epci": partial(tables.territories, figures, words),
        "leviers": partial(crossing_tables.links, figures, words),
    }
    for one in figures.crossings:
        found[one.code] = partial(crossing_tables.pivot, one, words, figures)
        found[f"{one.code}-intervalles"] = partial(
            crossing_tables.intervals_sheet, one, words
        )
        found[f"{one.code}-lecture"] = partial(
            crossing_tables.focus, one, words, figures
        )
    for question in figures.questions:
        found[question.role] = partial(answer_tables.question, question, words)
        found[f"{question.role}-profils"] = partial(
            answer_tables.all_groups, question, words
        )
    return found | degree_tables.builders(figures.degrees, words)
