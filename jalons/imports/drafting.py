"""Second screen of a mapping: what each value means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.imports import shapes
from jalons.imports.cells import (
    IMPORTED_CHANNELS,
    NUMBER,
    cut_answers,
    known_channels,
    known_options,
)
from jalons.imports.guessing import (
    DOUBTFULLY_CUT,
    NOTHING,
    RANK,
    SEPARATORS,
    SPACE,
    Choice,
    Guess,
    cuts_cleanly,
    guess_option,
    guess_part,
    guess_separator,
    part_of,
)
from jalons.imports.matching import (
    CHANNEL,
    DATE,
    KEY_AND_DATE,
    PLACE,
    ROLES,
    ROWS_ASIDE,
    SET_ASIDE,
    Matched,
    asked_of,
    wordings,
)
from jalons.imports.places import Places
from jalons.imports.scanning import MOST_VALUES, Scan, SeenColumn
from jalons.imports.words import simple
from jalons.questionnaires.definitions import Definition, Question
from jalons.questionnaires.values import option_texts
from jalons.surveys.models import Response

TICKED, UNTICKED = "ticked", "unticked"
TICKED_WORDS = frozenset(["y", "yes", "oui", "o", "1", "x", "true", "vrai"])
UNTICKED_WORDS = frozenset(["n", "no", "non", "0", "false", "faux"])
NO_SEPARATOR = "none"
Choices = list[tuple[str, str]]
Said = Mapping[tuple[str, str, str], str]
"""What was confirmed, by group, kind and thing."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to confirm: a value, a box, a date; `about` and `kind` say which."""

    kind: str
    about: str
    label: str
    choices: Choices
    guess: Guess = NOTHING


@dataclass(slots=True)
class Group:
    """What is asked about one question, and how many values need no asking."""

    code: str
    title: str
    asks: list[Ask] = field(default_factory=list)
    recognised: int = 0
    problem: str = ""


def groups_of(
    definition: Definition,
    scan: Scan,
    matched: Matched,
    places: Places,
    language: str,
) -> list[Group]:
    """What remains to be confirmed once columns are matched, in the file's order."""
    groups = [
        _date_group(scan, matched),
        _place_group(scan, matched, places),
        _channel_group(scan, matched),
    ]
    for question in questions_chosen(definition, matched):
        columns = [scan.column(name) for name in columns_for(question.code, matched)]
        seen = [column for column in columns if column is not None]
        groups.append(_question_group(question, seen, language))
    return [group for group in groups if group.asks or group.problem]


def columns_for(code: str, matched: Matched) -> list[str]:
    return [name for name, chosen in matched["columns"].items() if chosen == code]


def questions_chosen(definition: Definition, matched: Matched) -> Iterator[Question]:
    chosen = {c for c in matched["columns"].values() if c not in ROLES}
    yield from (q for q in definition.questions if q.code in chosen)


def _date_group(scan: Scan, matched: Matched) -> Group:
    group = Group(":date", _("Day of sending"))
    names = columns_for(DATE, matched) + columns_for(KEY_AND_DATE, matched)
    column = scan.column(names[0]) if names else None
    if column is None:
        return group
    values: Counter[str] = Counter()
    for text, count in column.values:
        values[_without_zone(text)] += count
    formats = shapes.date_formats(values)
    readable = (
        [text for text in values if shapes.fits(text, formats[0])] if formats else []
    )
    if not formats:
        message = _(
            "Column “%(column)s”: “%(value)s” is not a date that can be read. Choose "
            "another column, or write dates as 31/03/2026."
        )
        unread = (text for text in column.texts if not _is_date(text))
        value = next(unread, next(iter(column.texts), ""))
        group.problem = message % {"column": column.name, "value": value}
    elif formats[0] != shapes.ISO:
        choices = [(one, _example(readable[0], one)) for one in formats]
        guess = Guess(formats[0], 0.9 if len(formats) == 1 else 0.6)
        group.asks.append(Ask("date", column.name, readable[0], choices, guess))
    return group


def _is_date(text: str) -> bool:
    return any(shapes.fits(_without_zone(text), one) for one in shapes.DATE_FORMATS)


def _without_zone(text: str) -> str:
    for mark in (" UTC", " GMT"):
        text = text.split(mark)[0]
    return text


def _example(text: str, pattern: str) -> str:
    return f"{shapes.read_date(text, pattern):%d/%m/%Y %H:%M}"


def _place_group(scan: Scan, matched: Matched, places: Places) -> Group:
    group = Group(":territory", _("Territories"))
    names = columns_for(PLACE, matched)
    column = scan.column(names[0]) if names else None
    for text, count in column.values if column else ():
        if len(places.found(text)) == 1:
            group.recognised += 1
            continue
        same = [(code, f"{places.names[code]} ({code})") for code in places.found(text)]
        near = [(code, f"{n} ({code})") for code, n in places.resembling(text)]
        offered = list(dict.fromkeys(same + near))
        guess = Guess(near[0][0], 0.6) if near and not same else NOTHING
        choices = [*offered, (SET_ASIDE, _("None of these: leave these rows aside"))]
        group.asks.append(Ask("place", text, _times(text, count), choices, guess))
    return group


def _channel_group(scan: Scan, matched: Matched) -> Group:
    group = Group(CHANNEL, _("How people answered"))
    known = known_channels()
    choices = [(code, str(Response.Channel(code).label)) for code in IMPORTED_CHANNELS]
    offered = [Choice(code, (label,)) for code, label in choices]
    for name in columns_for(CHANNEL, matched):
        column = scan.column(name)
        for text, count in column.values if column else ():
            if simple(text) in known:
                group.recognised += 1
                continue
            guess = guess_option(text, offered)
            group.asks.append(Ask("channel", text, _times(text, count), choices, guess))
    return group


def _times(text: str, count: int) -> str:
    message = ngettext(
        "“%(value)s” (%(count)d time)", "“%(value)s” (%(count)d times)", count
    )
    return message % {"value": text, "count": count}


def _question_group(
    question: Question, columns: list[SeenColumn], language: str
) -> Group:
    text = question.text.in_language(language)
    group = Group(question.code, f"{question.code} · {text}")
    if not question.has_options:
        return group
    if any(column.is_open for column in columns):
        group.problem = _of_many_values()
        return group
    texts = option_texts(question, language)
    options = [(code, texts.get(code, code)) for code in question.option_codes]
    is_box = question.type == "multiple" and _is_box(columns)
    is_split = len(columns) > 1 or question.type == "matrix" or is_box
    if is_split and question.type == "ranking" and not _holds_ranks(columns):
        _ask_ranks(group, columns)
        _ask_values(group, question, columns, options)
        return group
    if is_split:
        _ask_parts(group, question, columns, language)
    if is_split and question.type == "multiple":
        _ask_ticks(group, columns)
    elif not (is_split and question.type == "ranking"):
        _ask_values(group, question, columns, options)
    return group


def _is_box(columns: list[SeenColumn]) -> bool:
    """Whether a lone column says of one option that it is ticked or not."""
    said = {simple(text) for column in columns for text in column.texts}
    return bool(said) and said <= TICKED_WORDS | UNTICKED_WORDS


def _holds_ranks(columns: list[SeenColumn]) -> bool:
    """Whether cells are 1, 2, 3…: each column is then an option, else it is a rank."""
    return all(text.isdigit() for column in columns for text in column.texts)


def _ask_ranks(group: Group, columns: list[SeenColumn]) -> None:
    """Which rank each column holds the answer of."""
    choices = [
        (str(rank), _("Rank %(rank)d") % {"rank": rank})
        for rank in range(1, len(columns) + 1)
    ]
    for place, column in enumerate(columns, start=1):
        said = RANK.fullmatch(part_of(column.name))
        rank = int(said[1]) if said else place
        guess = Guess(str(rank), 0.9 if said else 0.6)
        label = _("Column “%(column)s”") % {"column": column.name}
        group.asks.append(Ask("rank", column.name, label, choices, guess))


def _ask_parts(
    group: Group, question: Question, columns: list[SeenColumn], language: str
) -> None:
    """Which option, or which line, each column stands for."""
    lines = question.rows if question.type == "matrix" else question.options
    offered = [Choice(one.code, wordings(one.text)) for one in lines]
    choices = [(one.code, one.text.in_language(language)) for one in lines]
    for column in columns:
        guess = guess_part(column.name, question.code, offered)
        label = _("Column “%(column)s”") % {"column": column.name}
        group.asks.append(Ask("part", column.name, label, choices, guess))


def _ask_ticks(group: Group, columns: list[SeenColumn]) -> None:
    choices = [
        (TICKED, _("Ticked")),
        (UNTICKED, _("Not ticked")),
        *_unknown(),
    ]
    counts: dict[str, int] = {}
    for column in columns:
        for text, count in column.values:
            counts[text] = counts.get(text, 0) + count
    known = TICKED_WORDS | UNTICKED_WORDS
    unknown = [text for text in counts if simple(text) not in known]
    # A box says one word when it is ticked: several may be anything.
    guess = Guess(TICKED, 0.6) if len(unknown) == 1 else NOTHING
    group.recognised += len(counts) - len(unknown)
    for text in unknown:
        label = _times(text, counts[text])
        group.asks.append(Ask("tick", text, label, choices, guess))


def _unknown() -> Choices:
    """What may be done of a value that is none of the answers."""
    return [
        (SET_ASIDE, _("No answer: the rest of the row is read")),
        (ROWS_ASIDE, _("None of these answers: leave these rows aside")),
    ]


def _of_many_values() -> str:
    return _(
        "The column holds more than %(count)d different values: it is not a list "
        "of answers to tick. Choose another column for this question."
    ) % {"count": MOST_VALUES}


def _ask_values(
    group: Group, question: Question, columns: list[SeenColumn], options: Choices
) -> None:
    offered = list(asked_of(question).options)
    known = _known_words(question)
    separator = None
    if question.type in ("multiple", "ranking"):
        separator = _ask_separator(group, columns[0], offered, known)
    choices = [*options, *_unknown()]
    has_bands = any(option.at_least is not None for option in question.options)
    parts = parts_of(columns, separator, known)
    if separator is None and len(parts) > max(MOST_VALUES, len(offered)):
        group.problem = _of_many_values()
        return
    for text, count in parts.items():
        if known(text) or (has_bands and NUMBER.fullmatch(text)):
            group.recognised += 1
            continue
        guess = guess_option(text, offered)
        group.asks.append(Ask("value", text, _times(text, count), choices, guess))


def _ask_separator(
    group: Group,
    column: SeenColumn,
    offered: list[Choice],
    known: Callable[[str], bool],
) -> str | None:
    cut = [text for text in column.texts if not known(text)]
    found = guess_separator(cut, offered)
    if found is None:
        return None
    seen = [one for one in SEPARATORS if any(one in text for text in column.texts)]
    choices = [(one, one) for one in seen]
    if found == SPACE:
        choices.append((SPACE, _("a space")))
    choices.append((NO_SEPARATOR, _("nothing: one answer a cell")))
    label = _("Between several answers of one cell, there is")
    is_clean = found == SPACE or cuts_cleanly(column.texts, offered, found)
    guess = Guess(found, 0.9 if is_clean else DOUBTFULLY_CUT)
    group.asks.append(Ask("separator", "", label, choices, guess))
    return found


def parts_of(
    columns: list[SeenColumn], separator: str | None, known: Callable[[str], bool]
) -> dict[str, int]:
    """The different answers of some columns, cells of several being cut."""
    counts: dict[str, int] = {}
    for column in columns:
        for text, count in column.values:
            for part in cut_answers(text, separator, known):
                counts[part] = counts.get(part, 0) + count
    return counts


def _known_words(question: Question) -> Callable[[str], bool]:
    words = known_options(question)
    return lambda text: simple(text) in words
