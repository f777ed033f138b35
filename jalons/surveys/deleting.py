"""What goes with a survey that is deleted, counted before anything is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CASCADE, ManyToOneRel, Model, Q
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
    counts = {
        model: model._base_manager.filter(rows).count()
        for model, rows in _rows(campaign).items()
        if model is not Response and not model._meta.auto_created
    }
    found = [
        Held(_named(model, count), count, getattr(model, "is_given_by_people", False))
        for model, count in counts.items()
        if count
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


def _rows(campaign: Campaign) -> dict[type[Model], Q]:
    """Which rows of each kind go with it: they are counted where they are.

    What Django would delete, without reading it all as its `Collector` does.
    """
    rows: dict[type[Model], Q] = {}
    for model, way in _ways_to(Campaign):
        rows[model] = rows.get(model, Q()) | Q(**{way: campaign})
    return rows


def _ways_to(model: type[Model], way: str = "") -> Iterator[tuple[type[Model], str]]:
    """Each kind of row deleted with one of this kind, and its lookup back to it."""
    for link in model._meta.get_fields(include_hidden=True):
        if isinstance(link, ManyToOneRel) and link.on_delete is CASCADE:
            lookup = f"{link.field.name}__{way}".removesuffix("__")
            yield link.related_model, lookup
            yield from _ways_to(link.related_model, lookup)


def _named(model: type[Model], count: int) -> str:
    meta = model._meta
    return str(meta.verbose_name_plural if count > 1 else meta.verbose_name)
