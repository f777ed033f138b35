"""Every source of the site's figures and maps, with its producer and licence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max
from django.utils.translation import get_language

from jalons.indicators.models import Source


@dataclass(frozen=True, slots=True)
class Credit:
    """What is owed to whom: title, producer, vintage and licence of the data."""

    title: str
    producer: str
    vintage: str
    licence: str


def all_sources() -> list[Credit]:
    """The reference geography first, then the sources of the figures loaded."""
    path = settings.REFERENCE_DIR / "reference" / "sources.toml"
    geography = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    credits = [
        Credit(
            _said(one, "title"),
            f"{_said(one, 'producer')} ({one['package']})",
            str(one["vintage"]),
            _said(one, "licence"),
        )
        for one in geography
    ]
    loaded = Source.objects.filter(space=None, releases__isnull=False).annotate(
        latest=Max("releases__vintage")
    )
    return credits + [
        Credit(one.title, one.producer, one.latest or "", one.licence)
        for one in loaded.order_by("title")
    ]


def _said(source: Mapping[str, str], key: str) -> str:
    """A text of the file in the language of the reader, else in French."""
    return source.get(f"{key}_{get_language()}", source[key])
