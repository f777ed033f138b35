"""Answers and contacts as tables, a line at a time, for those entitled to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.questionnaires.answers import Answer
from jalons.questionnaires.columns import AnswerColumn, Cell, columns_of
from jalons.surveys.models import Campaign, Contact, Response

Wording = Literal["codes", "words"]
CHUNK = 1_000
MOST_REMEMBERED = 20_000
"""Combinations of boxes ticked whose words are kept, for one question."""
Reader = Callable[[Mapping[str, Answer]], Cell]


class Truncated(Exception):
    """Fewer answers were given out than there are: the file must not be believed."""


@dataclass(frozen=True, slots=True)
class Export:
    """The answers of a survey as a table: what it announces, then its rows, once.

    Reading the rows to the end raises Truncated when some are missing, so that a
    download breaks instead of ending as if nothing had happened.
    """

    campaign: Campaign
    wording: Wording
    language: str
    row_count: int

    @property
    def header(self) -> list[str]:
        return answers_header(self.campaign, self.wording, self.language)

    def rows(self) -> Iterator[list[object]]:
        rows = answers_rows(self.campaign, self.wording, self.language)
        left = self.campaign.responses.submitted().count
        return whole(rows, announced=self.row_count, left=left)


def whole(
    rows: Iterable[list[object]], *, announced: int, left: Callable[[], int]
) -> Iterator[list[object]]:
    """The rows given, then Truncated if some were lost on the way.

    Answers may arrive or be erased while the file is written: what must be there is
    the least of what was announced and of what is left at the end.
    """
    written = 0
    for row in rows:
        written += 1
        yield row
    expected = min(announced, left())
    if written < expected:
        message = _("%(written)d answers out of %(expected)d were given out.")
        raise Truncated(message % {"written": written, "expected": expected})


def export_of(campaign: Campaign, wording: Wording, language: str) -> Export:
    return Export(campaign, wording, language, campaign.responses.submitted().count())


def answers_header(campaign: Campaign, wording: Wording, language: str) -> list[str]:
    """Titles of the columns: codes of the questions, or their texts."""
    columns = answer_columns(campaign)
    titles = (
        [column.code for column in columns]
        if wording == "codes"
        else [column.title(language) for column in columns]
    )
    first = [
        _("answer"),
        _("territory code"),
        _("territory"),
        _("sent on"),
        _("channel"),
    ]
    return [*first, *([_("given weight")] if has_weights(campaign) else []), *titles]


def has_weights(campaign: Campaign) -> bool:
    """Whether an imported file gave weights to some answers."""
    weighted = campaign.responses.submitted().filter(given_weight__isnull=False)
    return bool(weighted.exists())


def answers_rows(
    campaign: Campaign, wording: Wording, language: str
) -> Iterator[list[object]]:
    """The answers sent, one row each, read some hundred at a time."""
    columns = answer_columns(campaign)
    readers = (
        [_coded(column) for column in columns]
        if wording == "codes"
        else [_worded(column, language) for column in columns]
    )
    channels = {code: str(label) for code, label in Response.Channel.choices}
    sent = campaign.responses.submitted().order_by("pk")
    fields = ["pk", "territory_id", "territory__name", "submitted_at", "channel"]
    if has_weights(campaign):
        fields.append("given_weight")
    rows = sent.values_list(*fields, "answers").iterator(chunk_size=CHUNK)
    for *first, answers in rows:
        first[4] = channels.get(first[4], first[4])
        yield first + [read(answers) for read in readers]


def _coded(column: AnswerColumn) -> Reader:
    code = column.question.code
    if column.part or column.question.type == "multiple":
        return column.coded
    return lambda answers: answers.get(code)  # type: ignore[return-value]


def _worded(column: AnswerColumn, language: str) -> Reader:
    """The words of an answer, looked for once for each different answer to tick."""
    question = column.question
    known: dict[object, Cell] = {}
    if not question.has_options or column.part:
        return lambda answers: column.worded(answers, language)

    def read(answers: Mapping[str, Answer]) -> Cell:
        answer = answers.get(question.code)
        if answer is None:
            return None
        key = tuple(answer) if isinstance(answer, list) else answer
        if key not in known:
            if len(known) > MOST_REMEMBERED:
                known.clear()
            known[key] = column.worded(answers, language)
        return known[key]

    return read


def contacts_header() -> list[str]:
    return [_("territory"), _("question"), _("contact"), _("agreed on"), _("erased on")]


def contacts_rows(campaign: Campaign, language: str) -> Iterator[list[object]]:
    """The contacts left with consent, for whoever calls back."""
    definition = campaign.version.read()
    left = Contact.objects.filter(
        response__campaign=campaign, response__submitted_at__isnull=False
    )
    for contact in left.select_related("response__territory").order_by("pk"):
        question = definition.question(contact.question_code)
        territory = contact.response.territory
        yield [
            territory.name if territory else None,
            question.text.in_language(language) if question else contact.question_code,
            contact.value,
            timezone.localdate(contact.consented_at),
            contact.purge_on,
        ]


def answer_columns(campaign: Campaign) -> list[AnswerColumn]:
    """The columns kept with the answers: contacts are apart, the place is there."""
    return [
        column
        for question in campaign.version.read().questions
        if not question.is_personal and question.type != "territory"
        for column in columns_of(question)
    ]
