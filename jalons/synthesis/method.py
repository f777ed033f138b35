"""The annex on data and method, written from the definitions actually used.

A statistician must be able to make every published number again from it: what was asked
and what each answer is worth, formulas, thresholds, versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version as code_version
from urllib.parse import unquote_plus

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.analysis.crosstab import ALPHA
from jalons.analysis.hiding import SPREAD
from jalons.analysis.intervals import CONFIDENCE
from jalons.analysis.secrecy import INHABITANTS, PROFESSIONALS
from jalons.interviews.figures import coverage
from jalons.observatory import sentences, sources
from jalons.observatory.protection import Protected
from jalons.observatory.restitution import Restitution
from jalons.observatory.words import enumeration, number, percent
from jalons.questionnaires.definitions import (
    DONT_KNOW,
    Definition,
    Option,
    Question,
    Scoring,
)
from jalons.questionnaires.templatetags.questionnaires import kind
from jalons.surveys.models import Response
from jalons.synthesis.content import Column, Part, Table, Value
from jalons.tabulations.protection import Released
from jalons.tabulations.query import Query
from jalons.territories.models import CURRENT_YEAR


def method(
    shown: Restitution,
    restitution: Protected,
    released: Released,
    weighted: Sequence[str],
    queries: Mapping[str, Query],
) -> tuple[Part, ...]:
    """Every part of the annex, in reading order."""
    parts = [
        Part(_("The survey and its questionnaire"), tuple(_survey(shown))),
        Part(_("Score and classes"), (), _grid(shown)),
        Part(_("Definitions and limits"), tuple(sources.limits(shown))),
        Part(
            _("Shares, intervals and tests"),
            tuple(_formulas(shown.figures.comparisons)),
        ),
        Part(_("Statistical secrecy"), tuple(_secrecy(restitution, released))),
    ]
    if weighted:
        parts.append(Part(_("Weights"), tuple(dict.fromkeys(weighted))))
    if told := coverage(shown.campaign):
        parts.append(Part(_("Interviews"), (told.sentence,)))
    parts.append(Part(_("To make a table again"), tuple(_again(queries))))
    parts.append(Part(_("Code book"), (), _code_book(shown)))
    parts.append(Part(_("Versions"), tuple(_versions(shown))))
    return tuple(one for one in parts if one.lines or (one.table and one.table.rows))


def cautions(shown: Restitution) -> Iterator[str]:
    """What a room must be told of the data and the method, before it concludes."""
    yield sentences.caution()
    grid = shown.definition.grid
    if grid is not None:
        yield _(
            "Level: points added up, %(total)s at most; without an answer to a "
            "question the level is read at its lowest and marked uncertain."
        ) % {"total": number(grid.total)}
    yield sentences.interval_label()
    yield _(
        "“One cannot conclude” does not mean that there is no difference: it means "
        "that chance alone could give this one. Several comparisons are judged "
        "together."
    )
    yield _(
        "Under %(least)s persons a count is secret, and so is what would give it."
    ) % {"least": PROFESSIONALS}
    yield _(
        "Questions, formulas, thresholds and every table: annex of the report, and "
        "page “Data and method” of the synthesis."
    )


def _survey(shown: Restitution) -> Iterator[str]:
    campaign, definition = shown.campaign, shown.definition
    yield shown.source + "."
    if campaign.research_question:
        yield campaign.research_question
    yield _("Questionnaire: “%(title)s”, version %(number)s, %(minutes)s minutes.") % {
        "title": definition.title.in_language(shown.words.language),
        "number": campaign.version.number,
        "minutes": definition.minutes,
    }
    if shown.figures.base.channels:
        yield _("How the answers came: %(channels)s.") % {"channels": _channels(shown)}
    for source in definition.sources:
        yield f"{source.title}, {source.publisher}, {source.year}"


def _channels(shown: Restitution) -> str:
    """Persons by channel; channels of a few persons are told together (rule 7)."""
    told = []
    for codes, n in shown.figures.base.channels:
        names = enumeration(
            [sentences.lowered(str(Response.Channel(one).label)) for one in codes]
        )
        words = _("%(channel)s (%(n)s)")
        if len(codes) > 1:
            words = _("%(channel)s (%(n)s together)")
        told.append(words % {"channel": names, "n": number(n)})
    return _("; ").join(told)


def _grid(shown: Restitution) -> Table:
    """What each question may earn, and the bounds of the classes."""
    definition, words = shown.definition, shown.words
    rows: list[tuple[Value, ...]] = []
    rules = {
        "single": _("points of the answer chosen"),
        "cumulative": _("points of the boxes ticked, added"),
        "counted": _("points by number of boxes ticked"),
    }
    dimensions = definition.grid.dimensions if definition.grid else ()
    titles = {one.code: one.title.in_language(words.language) for one in dimensions}
    for question in definition.questions:
        if question.scoring:
            scoring = question.scoring
            dimension = titles.get(scoring.dimension, scoring.dimension)
            text = words.question(question.code)
            rule = _rule(rules[scoring.rule], scoring)
            rows.append((question.code, text, dimension, rule, scoring.maximum))
    header = (_("Code"), _("Question"), _("Dimension"), _("Rule"), _("Points at most"))
    caption = _("Points of each question")
    note = ""
    if definition.grid:
        classes = [
            f"{words.state(one.code)} ({words.note(one.code)})"
            for one in definition.grid.classes
        ]
        note = _("Classes: %(classes)s.") % {"classes": ", ".join(classes)}
    return _plain("bareme", caption, header, rows, note)


def _rule(words: str, scoring: Scoring) -> str:
    """The rule of a question, with its steps when boxes are counted."""
    steps = [
        _("%(n)s pt from %(boxes)s") % {"n": one.points, "boxes": one.at_least}
        for one in scoring.steps
    ]
    return f"{words} ({', '.join(steps)})" if steps else words


def _again(queries: Mapping[str, Query]) -> Iterator[str]:
    """What to do with the file of answers to find each table again."""
    yield _(
        "Answers come one a line, by the codes of the code book; the boxes ticked of "
        "one question are separated by “|”. An empty answer and “%(unknown)s” are "
        "missing; a question that was not asked is not: it earns no point."
    ) % {"unknown": DONT_KNOW}
    yield _(
        "Tables of EPCI: add up the points of each answer, a missing one counting for "
        "nothing; take the median over the answers of one EPCI, or what the table by "
        "EPCI says was chosen instead, then its class. They rest on the EPCI that have "
        "a level in the table by EPCI. Quartiles are interpolated (type 7 of Hyndman "
        "and Fan)."
    )
    yield _(
        "Tables of respondents: count the answers that hold the code, among those that "
        "answered the question, or the two questions that are crossed."
    )
    for title, query in queries.items():
        yield _("“%(title)s”, at the analysis desk: %(address)s") % {
            "title": title,
            "address": unquote_plus(query.address),
        }


def _formulas(comparisons: int) -> Iterator[str]:
    values = {
        "confidence": percent(CONFIDENCE),
        "alpha": percent(ALPHA),
    }
    yield _("Share: p = k / n, k persons or EPCI of n that answered the question.")
    yield (
        _(
            "Interval (%(confidence)s) of Wilson: "
            "(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n), z = 1.96. "
            "Among N EPCI, n is replaced by n(N − 1)/(N − n)."
        )
        % values
    )
    yield _(
        "When several persons answered for one EPCI, each of the m EPCI is left out in "
        "turn: the share is then p₋ᵢ, and V = (m − 1)/m Σ (p₋ᵢ − p)². The bounds are "
        "logit p ± t √V / (p(1 − p)), t being Student’s at 97.5% with m − 1 degrees of "
        "freedom. When weights differ, the same, with weighted shares."
    )
    yield _(
        "The m EPCI are those that answered the question, in the row or the group that "
        "is shown. The interval is never narrower than Wilson’s for n persons, or with "
        "weights for (Σ w)²/Σ w² of them. When no EPCI moves the share (0%, 100%, all "
        "alike), it is Wilson’s for as many answers as EPCI. Where one EPCI answered "
        "alone, none is given."
    )
    yield (
        _(
            "Tests: exact (Fisher, Freeman and Halton) when a group is small or the "
            "table 2 × 2, χ² otherwise; size of the link: Cramér’s V = "
            "√(χ² / n(min(r, c) − 1)). When several tests are read together, p is "
            "adjusted (Benjamini and Hochberg). A difference is told under %(alpha)s."
        )
        % values
    )
    yield (
        ngettext(
            "Family of tests: %(n)s comparison is examined here.",
            "Family of tests: the %(n)s comparisons examined here, crossings of the "
            "results and tables kept at the analysis desk alike, are adjusted as one. "
            "The page of results, read alone, adjusts for its own crossings: its "
            "adjusted p may differ from those of this synthesis.",
            comparisons,
        )
        % {"n": number(comparisons)}
    )


def _secrecy(restitution: Protected, released: Released) -> Iterator[str]:
    tables = restitution.table_count + released.table_count
    yield _(
        "A count of 1 to %(professionals)s persons is secret (%(inhabitants)s for "
        "inhabitants), and so is any count from which one could be found to within "
        "%(spread)s, or be known to be that small."
    ) % {
        "professionals": PROFESSIONALS - 1,
        "inhabitants": INHABITANTS - 1,
        "spread": SPREAD,
    }
    yield _(
        "The tables of this publication were checked together (%(n)s tables counted "
        "for this): no secret count is found by totals minus parts, nor by comparing "
        "filters, nor, from a weighted table, by whoever knows its weights."
    ) % {"n": number(tables)}


def _code_book(shown: Restitution) -> Table:
    """Each question and its answers, with their codes and their points.

    It is read a question a line, and given to programs an answer a line.
    """
    asked = [one for one in shown.definition.questions if not one.is_personal]
    conditions = dict(_conditions(shown.definition))
    records = [
        (*row[:3], conditions[question.code], *row[3:])
        for question in asked
        for row in _answers(question, shown.words.language)
    ]
    header = (
        *(_("Code"), _("Question"), _("Type"), _("Asked when")),
        *(_("Answer code"), _("Answer"), _("Points")),
    )
    caption = _("Questions, answers and codes")
    table = _plain("livre-de-codes", caption, header, records)
    titles = (_("Code"), _("Question"), _("Answers, code and points"))
    return replace(
        table,
        columns=tuple(Column(title, is_number=False) for title in titles),
        rows=tuple(
            _in_words(one, shown.words.language, conditions[one.code]) for one in asked
        ),
    )


def _conditions(definition: Definition) -> Iterator[tuple[str, str]]:
    """Of each question, the answers without which it is not asked, by their codes."""
    for question in definition.questions:
        found = [
            f"{one.question} = {' | '.join(one.any_of)}"
            for one in definition.conditions_of(question)
        ]
        yield question.code, _("; ").join(found)


def _in_words(question: Question, language: str, condition: str) -> tuple[str, ...]:
    answers = [_option_in_words(one, language) for one in question.options]
    said = _("; ").join(answers) or kind(question)
    text = question.text.in_language(language)
    if condition:
        text += " " + _("(asked when %(condition)s)") % {"condition": condition}
    return question.code, text, said


def _option_in_words(option: Option, language: str) -> str:
    words = {
        "text": option.text.in_language(language),
        "code": option.code,
        "n": option.points,
    }
    if option.points is None:
        return _("%(text)s (%(code)s)") % words
    return _("%(text)s (%(code)s, %(n)s pt)") % words


def _answers(question: Question, language: str) -> Iterator[tuple[Value, ...]]:
    first = (question.code, question.text.in_language(language), question.type)
    if not question.options:
        yield (*first, "", "", None)
    for option in question.options:
        text = option.text.in_language(language)
        yield (*first, option.code, text, option.points)


def _versions(shown: Restitution) -> Iterator[str]:
    version = shown.campaign.version
    yield _("Jalons %(version)s.") % {"version": code_version("jalons")}
    yield _("Questionnaire: %(code)s, version %(number)s, SHA-256 %(checksum)s.") % {
        "code": version.questionnaire.code,
        "number": version.number,
        "checksum": version.checksum,
    }
    yield _("Geography: official codes on 1 January %(year)s.") % {"year": CURRENT_YEAR}
    yield from sources.context(shown)


def _plain(
    code: str,
    caption: str,
    header: Sequence[str],
    rows: Sequence[tuple[Value, ...]],
    note: str = "",
) -> Table:
    return Table(
        code=code,
        caption=caption,
        note=note,
        columns=tuple(Column(title, title == header[-1]) for title in header),
        rows=tuple(tuple("" if v is None else str(v) for v in row) for row in rows),
        header=tuple(header),
        records=tuple(rows),
        is_detail=True,
    )
