"""What goes with a survey that is deleted, counted before anything is."""

from __future__ import annotations

from collections import Counter

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.db.models.deletion import Collector

from jalons.surveys.models import Campaign


def what_goes(campaign: Campaign) -> list[tuple[str, int]]:
    """Everything that hangs on a survey, by the name of what it is, with its number."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    collector.collect([campaign])
    found: Counter[str] = Counter()
    for model, held in collector.data.items():
        found[_named(model)] += len(held)
    for rows in collector.fast_deletes:
        assert isinstance(rows, QuerySet)
        found[_named(rows.model)] += rows.count()
    del found[""], found[_named(Campaign)]
    return sorted((name, count) for name, count in found.items() if count)


def _named(model: type) -> str:
    """The plural of a model; nothing for the tables that only join two of them."""
    meta = model._meta  # type: ignore[attr-defined]
    return "" if meta.auto_created else str(meta.verbose_name_plural)
