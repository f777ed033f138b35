"""Answers and contacts as tables, a line at a time, for those entitled to read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.utils.translation import gettext as _

from jalons.questionnaires.columns import AnswerColumn, columns_of
from jalons.surveys.models import Campaign, Contact

Wording = Literal["codes", "words"]


def answers_header(campaign: Campaign, wording: Wording, language: str) -> list[str]:
    """Titles of the columns: codes of the questions, or their texts."""
    columns = _columns(campaign)
    titles = (
        [column.code for column in columns]
        if wording == "codes"
        else [column.title(language) for column in columns]
    )
    return [
        _("answer"),
        _("territory code"),
        _("territory"),
        _("sent on"),
        _("channel"),
        *titles,
    ]


def answers_rows(
    campaign: Campaign, wording: Wording, language: str
) -> Iterator[list[object]]:
    """The answers sent, one row each, read a few hundred at a time."""
    columns = _columns(campaign)
    sent = campaign.responses.submitted().select_related("territory").order_by("pk")
    for response in sent.iterator(chunk_size=500):
        territory = response.territory
        yield [
            response.pk,
            territory.pk if territory else None,
            territory.name if territory else None,
            response.submitted_at,
            response.get_channel_display(),
            *(
                column.coded(response.answers)
                if wording == "codes"
                else column.worded(response.answers, language)
                for column in columns
            ),
        ]


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
            contact.consented_at.date(),
            contact.purge_on,
        ]


def _columns(campaign: Campaign) -> list[AnswerColumn]:
    """The columns kept with the answers: contacts are apart, the place is there."""
    return [
        column
        for question in campaign.version.read().questions
        if not question.is_personal and question.type != "territory"
        for column in columns_of(question)
    ]
