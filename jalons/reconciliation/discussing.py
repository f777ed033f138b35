"""The one-page sheet of a territory: what its respondents disagree on, by profile."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.model import (
    Block,
    Callout,
    Document,
    Items,
    Lead,
    Paragraph,
    Section,
    Strong,
)
from jalons.documents.words import date_format
from jalons.questionnaires.answers import in_words
from jalons.questionnaires.definitions import Definition, Question
from jalons.reconciliation.figures import Line, answered_about, lines_to_discuss
from jalons.surveys.models import Campaign
from jalons.surveys.reconciling import Answered
from jalons.territories.models import Territory

MOST_ON_PAPER = 5
"""Questions told in full on paper, widest gap first: the sheet is read in a meeting."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A question to talk about, and what each profile answered, without names."""

    line: Line
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiscussionSheet:
    """What to talk about in a territory; `n` people answered."""

    campaign: Campaign
    territory: Territory
    n: int
    topics: tuple[Topic, ...]


def sheet_to_discuss(
    campaign: Campaign, territory: Territory, language: str
) -> DiscussionSheet:
    definition = campaign.version.read()
    answered = answered_about(campaign, territory)
    if answered is None:
        return DiscussionSheet(campaign, territory, 0, ())
    topics = tuple(
        Topic(line, _said(definition, question, answered, language))
        for line in lines_to_discuss(definition, answered, language)
        if (question := definition.question(line.agreement.code))
    )
    return DiscussionSheet(campaign, territory, len(answered.scores), topics)


def _said(
    definition: Definition, question: Question, answered: Answered, language: str
) -> tuple[str, ...]:
    """One line a respondent, by profile then by words: their order tells nothing."""
    profile = definition.with_role("profile")
    titles = {
        one.code: _short(one.text.in_language(language))
        for one in (profile.options if profile else ())
    }
    found = []
    for code, answers in zip(answered.profiles, answered.answers, strict=True):
        answer = answers.get(question.code)
        words = (
            _("no answer")
            if answer is None
            else in_words(question, answer, language=language)  # type: ignore[arg-type]
        )
        who = titles.get(code, _("Profile not stated"))
        found.append(_("%(who)s: %(words)s") % {"who": who, "words": words})
    return tuple(sorted(found))


def _short(title: str) -> str:
    """The name of a profile without the examples that follow it."""
    return title.partition(":")[0].partition(",")[0].strip()


def document(sheet: DiscussionSheet) -> Document:
    """The same sheet on paper."""
    return Document(
        title=title(sheet),
        subtitle=sheet.campaign.title,
        sections=[Section(_("To put to discussion"), list(_blocks(sheet)))],
        language=get_language() or "fr",
        source_line=_("Survey “%(title)s”, %(sponsor)s, n = %(n)d respondents")
        % {
            "title": sheet.campaign.title,
            "sponsor": sheet.campaign.sponsor,
            "n": sheet.n,
        },
        date_line=date_format(sheet.campaign.today(), "DATE_FORMAT"),
        author=sheet.campaign.sponsor,
        watermark=_("SIMULATED") if sheet.campaign.is_simulated else None,
    )


def title(sheet: DiscussionSheet) -> str:
    return _("%(name)s: what should we talk about?") % {"name": sheet.territory.name}


def _blocks(sheet: DiscussionSheet) -> list[Block]:
    caution = Callout(_caution(), "caution")
    if not sheet.topics:
        return [Lead(_("The respondents do not disagree on any question.")), caution]
    blocks: list[Block] = []
    for topic in sheet.topics[:MOST_ON_PAPER]:
        blocks += [Paragraph([Strong(topic.line.question)]), Items(topic.said)]
    if rest := sheet.topics[MOST_ON_PAPER:]:
        questions = " · ".join(topic.line.question for topic in rest)
        told = _("Less far apart: %(questions)s") % {"questions": questions}
        blocks.append(Paragraph(told))
    return [*blocks, caution]


def _caution() -> str:
    return _(
        "A disagreement does not say who is right: it is something to talk about. "
        "For the team of the territory, not to be passed around."
    )
