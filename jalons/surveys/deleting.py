"""What goes with a survey that is deleted, counted before anything is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.db.models.deletion import Collector
from django.utils.translation import ngettext

from jalons.surveys.models import Campaign, Response


@dataclass(frozen=True, slots=True)
class Held:
    """What hangs on a survey: how many of a kind, in words.

    `is_given`: people gave it, such as an answer or their words (`is_given_by_people`
    on its model, whatever the floor it lies on); it is not deleted with the survey.
    """

    name: str
    count: int
    is_given: bool


def held_by(campaign: Campaign) -> list[Held]:
    """Everything that hangs on a survey, by name."""
    counts: Counter[type[Model]] = Counter()
    for model, count in _counted(campaign):
        counts[model] += count
    found = [
        Held(_named(model, count), count, getattr(model, "is_given_by_people", False))
        for model, count in counts.items()
        if count and model not in (Campaign, Response) and not model._meta.auto_created
    ]
    return sorted([*found, *_responses(campaign)], key=lambda one: one.name)


def _responses(campaign: Campaign) -> Iterator[Held]:
    """Answers, sent or begun; a form only opened was given by nobody."""
    if sent := campaign.responses.submitted().count():
        yield Held(_named(Response, sent), sent, is_given=True)
    drafts = campaign.responses.drafts()
    opened = drafts.filter(answers={}, contacts=None).count()
    if begun := drafts.count() - opened:
        name = ngettext("answer begun, never sent", "answers begun, never sent", begun)
        yield Held(name, begun, is_given=True)
    if opened:
        name = ngettext("form opened, left blank", "forms opened, left blank", opened)
        yield Held(name, opened, is_given=False)


def _counted(campaign: Campaign) -> Iterator[tuple[type[Model], int]]:
    collector = Collector(using=DEFAULT_DB_ALIAS)
    collector.collect([campaign])
    for model, rows in collector.data.items():
        yield model, len(rows)
    for found in collector.fast_deletes:
        assert isinstance(found, QuerySet)
        yield found.model, found.count()


def _named(model: type[Model], count: int) -> str:
    meta = model._meta
    return str(meta.verbose_name_plural if count > 1 else meta.verbose_name)
