"""Answers that a program gives line by line, held to the rules of the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.documents.words import date_format
from jalons.questionnaires import answers as rules
from jalons.questionnaires.definitions import Definition
from jalons.questionnaires.forms import ask_for
from jalons.surveys.models import Campaign, Response
from jalons.surveys.recording import Entry

CHANNELS = (Response.Channel.INTERVIEW, Response.Channel.PHONE, Response.Channel.PAPER)
"""How a person answers when somebody else sends what they said."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person's answers, by question code."""

    key: UUID
    answers: Mapping[str, object]
    channel: Response.Channel
    collected_on: date


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be recorded: the field at fault, why and the mend."""

    line: int
    field: str
    value: str
    reason: str


@dataclass(slots=True)
class Received:
    """Answers ready to be recorded and lines recorded already, by the number of their
    line; and what is wrong in the others."""

    entries: dict[int, Entry] = field(default_factory=dict)
    known: list[int] = field(default_factory=list)
    refused: list[Wrong] = field(default_factory=list)


def read_lines(
    campaign: Campaign, lines: Sequence[Line], *, by: User, now: datetime
) -> Received:
    """Each line by the rules of the form; one that breaks any is refused whole."""
    definition = campaign.version.read()
    perimeter = frozenset(campaign.territories.values_list("pk", flat=True))
    rows = campaign.responses.filter(key__in=[line.key for line in lines])
    known, seen, found = {row.key: row for row in rows}, set[UUID](), Received()
    for number, line in enumerate(lines, start=1):
        answers, problems = rules.clean_answers(
            definition, line.answers, territories=perimeter
        )
        wrong = [Wrong(number, p.question, p.value, p.message) for p in problems]
        wrong += _day_problems(campaign, line, number)
        wrong += _left_empty(definition, answers, number, {one.field for one in wrong})
        before = known.get(line.key)
        if line.key in seen or (before and not _says_the_same(before, answers)):
            wrong.append(_taken(line, number))
        seen.add(line.key)
        found.refused += wrong
        if before and not wrong:
            found.known.append(number)
        elif not wrong:
            found.entries[number] = _entry(line, answers, by, now)
    return found


def _entry(line: Line, answers: rules.Answers, by: User, now: datetime) -> Entry:
    return Entry(
        key=line.key,
        answers=answers,
        submitted_at=now,
        keyed_by=by,
        collected_on=line.collected_on,
        channel=line.channel,
    )


def _says_the_same(known: Response, answers: rules.Answers) -> bool:
    """What was keyed and counts is not changed; what people sent, even less."""
    definition = known.campaign.version.read()
    kept, _contacts = rules.split_personal(definition, answers, language="fr")
    return known.keyed_by_id is not None and known.answers == kept


def _taken(line: Line, number: int) -> Wrong:
    reason = _("Another answer has this key: make a new one for each person.")
    return Wrong(number, "key", str(line.key), reason)


def _day_problems(campaign: Campaign, line: Line, number: int) -> Iterator[Wrong]:
    """The words of the page where a team keys answers."""
    day, today, opens = line.collected_on, campaign.today(), campaign.opens_on
    told = {"day": date_format(day), "today": date_format(today)}
    if day > today:
        words = _("Nobody can have answered on %(day)s: today is %(today)s.")
        yield Wrong(number, "collected_on", str(day), words % told)
    elif day < opens:
        words = _(
            "Nobody can have answered on %(day)s: the survey opened on %(opens)s."
        )
        told["opens"] = date_format(opens)
        yield Wrong(number, "collected_on", str(day), words % told)


def _left_empty(
    definition: Definition, answers: rules.Answers, number: int, told: set[str]
) -> Iterator[Wrong]:
    """Required questions without an answer, as the form asks for them."""
    for code in rules.progress(definition, answers).missing:
        question = definition.question(code)
        if code not in told and question is not None:
            yield Wrong(number, code, "", ask_for(question))
    place = definition.with_role("territory")
    if place and place.code not in answers and not place.required:
        reason = _("Choose one of the territories of this survey.")
        yield Wrong(number, place.code, "", reason)
