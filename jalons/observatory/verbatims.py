"""What respondents wrote and agreed to be quoted for, with their role alone.

For the team, to choose from: nothing here is published, and neither the territory nor
the date of an answer is read, since the consent promises the role only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jalons.observatory.answer_results import TOTAL
from jalons.observatory.answers import profile_codes
from jalons.observatory.words import Words
from jalons.questionnaires.answers import CONSENTED, Answers
from jalons.questionnaires.definitions import Question
from jalons.surveys.models import Campaign


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of one respondent, and the role they may be quoted with."""

    text: str
    profile: str
    role: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """An open question and the words that may be quoted.

    `withheld` counts the answers whose author did not agree.
    """

    code: str
    question: str
    quotes: tuple[Quote, ...]
    withheld: int


def verbatims(
    campaign: Campaign, words: Words, profile: str = TOTAL
) -> tuple[Verbatim, ...]:
    """The open questions that ask for consent, with what one profile, or all, said."""
    asked = [one for one in words.definition.questions if _is_open(one)]
    if not asked:
        return ()
    rows = campaign.responses.submitted()
    # Few write something: the answers of the others are not read.
    rows = rows.filter(answers__has_any_keys=[one.code for one in asked])
    if profile != TOTAL:
        rows = rows.filter(profile=profile)
    said = list(rows.values_list("profile", "answers"))
    return tuple(_verbatim(question, said, words) for question in asked)


def _verbatim(
    question: Question, said: Iterable[tuple[str, Answers]], words: Words
) -> Verbatim:
    quotes, withheld = [], 0
    for profile, answers in said:
        text = str(answers.get(question.code) or "").strip()
        if text and answers.get(question.consent_code) == CONSENTED:
            quotes.append(Quote(text, profile, words.group(profile)))
        elif text:
            withheld += 1
    order = profile_codes(words.definition)
    found = _sorted(quotes, order)
    return Verbatim(question.code, words.question(question.code), found, withheld)


def _is_open(question: Question) -> bool:
    """A text whose author is asked whether it may be quoted; never a contact."""
    is_text = question.type in ("short_text", "long_text")
    return is_text and question.consent is not None and not question.is_personal


def _sorted(quotes: Iterable[Quote], order: Sequence[str]) -> tuple[Quote, ...]:
    """By profile, then by their first words: the order of arrival tells of people."""

    def key(quote: Quote) -> tuple[int, str]:
        known = quote.profile in order
        return order.index(quote.profile) if known else len(order), quote.text

    return tuple(sorted(quotes, key=key))
