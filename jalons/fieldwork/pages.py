"""What the pages of results show: lines of tables, and workshops in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.documents.words import number
from jalons.fieldwork import words
from jalons.fieldwork.figures import Compared, Counted, Mean, Results, Share
from jalons.fieldwork.people import People
from jalons.fieldwork.workshops import Proposal, Wished
from jalons.questionnaires.values import option_texts
from jalons.surveys.collection import Fact

Text = str | Promise

IDEAS: dict[str, Text] = {
    "photos": gettext_lazy("Photos and videos: take, sort, edit, show"),
    "creative": gettext_lazy("Make: 3D printing, connected sewing, video games"),
    "family": gettext_lazy("Keep in touch: video calls, messages, family albums"),
    "security": gettext_lazy("Not to be fooled: messages, passwords, purchases"),
    "shopping": gettext_lazy("Buy and sell without worry"),
    "own_business": gettext_lazy("Digital tools for one’s own trade"),
    "procedures": gettext_lazy("Procedures, with others"),
    "health": gettext_lazy("Health online: appointments, records, reimbursements"),
    "employment": gettext_lazy("Look for work online"),
    "school": gettext_lazy("Follow the children’s school"),
}
"""What each wish becomes; those not listed keep the words of the question."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of shares."""

    label: str
    share: str
    count: str


@dataclass(frozen=True, slots=True)
class Table:
    """One question, or one score, as a table; `n` is told, or said secret."""

    title: str
    n: str
    lines: tuple[Line, ...]
    code: str = ""

    @property
    def has_counts(self) -> bool:
        """Nothing is counted beside weighted shares."""
        return any(one.count for one in self.lines)


@dataclass(frozen=True, slots=True)
class Opened:
    """The questions that one may turn to, and what the page shows of all that."""

    questions: Sequence[Table]
    shown: Sequence[Table]
    has_sample: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A category of the sample beside the population."""

    variable: str
    label: str
    met: str
    met_share: str
    known_share: str


@dataclass(frozen=True, slots=True)
class Workshop:
    """A proposal in words."""

    where: str
    interested: str
    first: str
    interests: tuple[str, ...]
    procedures: tuple[str, ...]
    places: tuple[str, ...]
    moments: tuple[str, ...]
    ways: tuple[str, ...]
    transports: tuple[str, ...]


def facts(found: Results) -> list[Fact]:
    effect = found.people.adjusted.design_effect
    return [
        Fact(
            _("People met"),
            number(found.people.n),
            note=_("worth %(n)s once weighted")
            % {"n": number(round(found.people.n / effect))}
            if effect and effect > 1
            else "",
        ),
        _score(_("Access"), found.access),
        _score(_("Online services"), found.eservices),
        _score(_("Wish to learn"), found.appetite),
    ]


def _score(label: str, mean: Mean) -> Fact:
    value = "–" if mean.value is None else number(round(mean.value))
    note = _("n = %(n)s") % {"n": words.many(mean.n)}
    return Fact(label, value, _("of 100") if mean.value is not None else "", note)


def profiles(found: Results) -> Table:
    return _table(_("Profiles"), found.profiles, words.PROFILES)


def areas(found: Results) -> Table:
    return _table(_("Skill areas acquired, alone"), found.areas, words.AREAS)


def _table(title: str, shares: Sequence[Share], names) -> Table:
    told = [one.n for one in shares if one.n is not None]
    n = max(told, default=None)
    lines = tuple(_line(one, str(names[one.code])) for one in shares)
    return Table(title, words.many(n), lines)


def _line(one: Share, label: str) -> Line:
    count = "" if one.count is None else number(one.count)
    return Line(label, words.told(one), count)


def questions(found: Results, language: str) -> list[Table]:
    return [_question(one, language) for one in found.questions]


def _question(one: Counted, language: str) -> Table:
    texts = option_texts(one.question, language)
    return Table(
        one.question.text.in_language(language),
        words.many(one.n),
        tuple(_line(share, texts[share.code]) for share in one.shares),
        one.question.code,
    )


def opened(questions: Sequence[Table], asked: Mapping[str, str]) -> Opened:
    """The question asked for, else the first; `tout` opens everything."""
    is_whole = "tout" in asked
    wanted = [one for one in questions if one.code == asked.get("question")]
    shown = questions if is_whole else wanted or questions[:1]
    return Opened(questions, shown, is_whole or "echantillon" in asked, is_whole)


def names_of(people: People, language: str) -> dict[str, str]:
    """The words of every category of sex, age and commune."""
    found = {one.pk: one.name for one in people.surveyed}
    for question in (
        people.definition.with_role("sex"),
        people.definition.with_role("age"),
    ):
        if question:
            found |= option_texts(question, language)
    return found


def beside(lines: Sequence[Compared], names: dict[str, str]) -> list[Beside]:
    return [
        Beside(
            str(words.VARIABLES[one.variable]),
            names.get(one.code, one.code),
            words.many(one.met),
            "–" if one.met_share is None else words.percent(one.met_share),
            "–" if one.known_share is None else words.percent(one.known_share),
        )
        for one in lines
    ]


def workshops(
    people: People, proposals: Sequence[Proposal], language: str
) -> list[Workshop]:
    names = names_of(people, language)
    texts = {
        meaning: _texts(people, code, language)
        for meaning, code in people.by_meaning.items()
    }
    found = []
    for one in proposals:
        topics = [*one.interests, *one.procedures]
        ideas = texts.get("field_wished_topics", {}) | IDEAS
        found.append(
            Workshop(
                where=", ".join(names[code] for code in one.communes),
                interested=_interested(one),
                first=str(ideas[topics[0].code]) if topics else _nothing(one),
                interests=_said(one.interests, ideas),
                procedures=_said(one.procedures, ideas),
                places=_said(one.places, texts.get("field_places", {})),
                moments=_said(one.moments, texts.get("field_availability", {})),
                ways=_said(one.ways, texts.get("field_way_of_learning", {})),
                transports=_said(one.transports, texts.get("field_transport", {})),
            )
        )
    return found


def _texts(people: People, code: str, language: str) -> dict[str, Text]:
    question = people.definition.question(code)
    if question is None:
        return {}
    rows: dict[str, Text] = {
        row.code: row.text.in_language(language) for row in question.rows
    }
    return rows or {**option_texts(question, language)}


def _nothing(one: Proposal) -> str:
    """In place of a first idea; of too few people, nothing is said at all."""
    return "" if one.is_few else _("Nothing in particular was asked for.")


def _interested(one: Proposal) -> str:
    if one.interested is None and not one.is_few:
        return _("people interested: their number is secret")
    if one.interested is None:
        return _("fewer than eleven people interested")
    said = ngettext(
        "%(n)d person interested", "%(n)d people interested", one.interested
    ) % {"n": one.interested}
    if one.soon is None:
        return said
    soon = ngettext("of whom %(n)d soon", "of whom %(n)d soon", one.soon)
    return f"{said}, {soon % {'n': one.soon}}"


def _said(wished: Sequence[Wished], texts: dict[str, Text]) -> tuple[str, ...]:
    return tuple(
        f"{texts.get(one.code, one.code)} ({number(one.count)})"
        if one.count is not None
        else str(texts.get(one.code, one.code))
        for one in wished
    )
