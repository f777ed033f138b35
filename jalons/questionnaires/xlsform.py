"""A questionnaire as an XLSForm workbook, for ODK Collect or KoboToolbox.

The sheets `survey`, `choices` and `settings` of the XLSForm specification
(xlsform.org): one row a question, in its order, without groups, so that columns of the
answers that come back are named by the codes of the questions and are read as they are
by the import of answers. A matrix becomes one question a line (`F20.weekend`); an
introduction, a note. Conditions, limits of choices and answers that exclude the others
are written as XPath. Three wordings: French, easy French, English.

What asks for a contact is left out: it is collected apart, never with answers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter import Workbook

from jalons.questionnaires.definitions import (
    DONT_KNOW,
    NOT_CONCERNED,
    Definition,
    Question,
    Section,
    ShowIf,
    Text,
)
from jalons.questionnaires.schema import Wording

LANGUAGES: dict[Wording, str] = {
    "fr": "Français (fr)",
    "fr_easy": "Français facile (fr)",
    "en": "English (en)",
}
RESERVED = {
    DONT_KNOW: Text(fr="Je ne sais pas", en="I do not know"),
    NOT_CONCERNED: Text(fr="Pas concerné·e", en="Not concerned"),
}
PLACES = "territories"
AT_MOST = {
    "fr": "Cochez %d réponses au plus.",
    "fr_easy": "Cochez %d réponses, pas plus.",
    "en": "Tick %d answers at most.",
}
ALONE = {
    "fr": "« %s » se coche sans autre réponse.",
    "fr_easy": "Vous cochez « %s » ? Ne cochez rien d’autre.",
    "en": "“%s” is ticked without any other answer.",
}
TYPES = {
    "single": "select_one",
    "scale": "select_one",
    "multiple": "select_multiple",
    "ranking": "rank",
    "number": "decimal",
    "date": "date",
    "short_text": "text",
    "long_text": "text",
}
Row = dict[str, str]


@dataclass(slots=True)
class Sheets:
    """The rows of the three sheets, by column."""

    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    settings: list[Row] = field(default_factory=list)


def workbook_of(
    definition: Definition, version: int, places: Mapping[str, str]
) -> bytes:
    """The XLSX file; `places` are the territories that may be answered, by code."""
    sheets = sheets_of(definition, version, places)
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_urls": False}) as book:
        for name, rows in (
            ("survey", sheets.survey),
            ("choices", sheets.choices),
            ("settings", sheets.settings),
        ):
            columns = list(dict.fromkeys(column for row in rows for column in row))
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, columns)
            for at, row in enumerate(rows, start=1):
                for place, column in enumerate(columns):
                    sheet.write_string(at, place, row.get(column, ""))
    return content.getvalue()


def sheets_of(
    definition: Definition, version: int, places: Mapping[str, str]
) -> Sheets:
    """What each sheet holds, readable without a workbook."""
    sheets = Sheets()
    sheets.survey += [
        {"type": kind, "name": kind} for kind in ("start", "end", "today")
    ]
    for section in definition.sections:
        sheets.survey += _note(section, definition)
        for question in section.questions:
            if not question.is_personal:
                sheets.survey += _rows(question, section, definition)
                sheets.choices += _choices(question)
    sheets.choices += [
        {"list_name": PLACES, "name": code, **_labels(Text(fr=name, en=name))}
        for code, name in places.items()
    ]
    title = definition.title
    sheets.settings.append(
        {
            "form_title": title.fr,
            "form_id": definition.code.replace("-", "_"),
            "version": str(version),
            "default_language": LANGUAGES["fr"],
        }
    )
    return sheets


def _note(section: Section, definition: Definition) -> Iterator[Row]:
    if section.intro is not None:
        yield {
            "type": "note",
            "name": f"intro_{section.code}",
            **_labels(section.intro),
            "relevant": _relevant(definition, section.show_if),
        }


def _rows(
    question: Question, section: Section, definition: Definition
) -> Iterator[Row]:
    common = {
        "required": "yes" if question.required else "",
        "relevant": _relevant(definition, section.show_if, question.show_if),
    }
    if question.type == "matrix":
        for line in question.rows:
            yield {
                "type": f"select_one {question.code}",
                "name": question.part_code(line.code),
                **_labels(_joined(question.text, line.text)),
                **_labels(question.help, "hint"),
                **common,
            }
        return
    yield {
        "type": _type(question),
        "name": question.code,
        **_labels(question.text),
        **_labels(question.help, "hint"),
        **common,
        **_constraint(question),
    }


def _type(question: Question) -> str:
    if question.type == "territory":
        return f"select_one {PLACES}"
    kind = TYPES[question.type]
    return f"{kind} {question.code}" if question.has_options else kind


def _joined(text: Text, line: Text) -> Text:
    easy = f"{text.in_wording('fr_easy')} {line.in_wording('fr_easy')}"
    return Text(fr=f"{text.fr} {line.fr}", en=f"{text.en} {line.en}", fr_easy=easy)


def _labels(text: Text | None, kind: str = "label") -> Row:
    if text is None:
        return {}
    return {
        f"{kind}::{name}": text.in_language(code[:2], code == "fr_easy")
        for code, name in LANGUAGES.items()
    }


def _choices(question: Question) -> Iterator[Row]:
    if not question.has_options:
        return
    texts = {option.code: option.text for option in question.options} | RESERVED
    for code in question.option_codes:
        yield {"list_name": question.code, "name": code, **_labels(texts[code])}


def _relevant(definition: Definition, *conditions: ShowIf | None) -> str:
    """The conditions as XPath; those of the questions they name come with them."""
    parts = []
    for condition in conditions:
        before = definition.question(condition.question) if condition else None
        if condition is None or before is None:
            continue
        is_several = before.type == "multiple"
        each = [
            f"selected(${{{before.code}}}, '{code}')"
            if is_several
            else f"${{{before.code}}} = '{code}'"
            for code in condition.any_of
        ]
        parts.append(f"({' or '.join(each)})")
    return " and ".join(parts)


def _digits(number: float) -> str:
    """A number without exponent, which XPath does not read."""
    text = f"{Decimal(str(number)):f}"
    return text.removesuffix(".0")


def _constraint(question: Question) -> Row:
    """Limits of choices, and answers that exclude the others."""
    rules: list[str] = []
    alone = _alone(question)
    if question.type == "multiple":
        if question.max_choices:
            rules.append(f"count-selected(.) <= {question.max_choices}")
        rules += [
            f"not(selected(., '{code}') and count-selected(.) > 1)" for code in alone
        ]
    if question.type == "number":
        if question.minimum is not None:
            rules.append(f". >= {_digits(question.minimum)}")
        if question.maximum is not None:
            rules.append(f". <= {_digits(question.maximum)}")
    if not rules:
        return {}
    found: Row = {"constraint": " and ".join(rules)}
    if question.type == "multiple":
        found |= {
            f"constraint_message::{name}": _limits_in(code, question, alone)
            for code, name in LANGUAGES.items()
        }
    return found


def _alone(question: Question) -> dict[str, Text]:
    """The answers that exclude the others."""
    alone = {one.code: one.text for one in question.options if one.is_exclusive}
    return alone | (
        {DONT_KNOW: RESERVED[DONT_KNOW]} if question.allows_dont_know else {}
    )


def _limits_in(wording: Wording, question: Question, alone: Mapping[str, Text]) -> str:
    """What a person who ticked too much is told."""
    most = question.max_choices
    said = [AT_MOST[wording] % most] if most else []
    for text in alone.values():
        said.append(ALONE[wording] % text.in_wording(wording))
    return " ".join(said)
