"""What can be found is written here by the app that owns it.

    search.index(Entry("territory", t.code, t.name, subtitle=…) for t in territories)

imported as ``from jalons.search import operations as search``. A public thing leaves
`space_id` empty; a private one gives its space, and only its members find it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from jalons.search.models import Card
from jalons.search.words import key_of, line_of

BATCH = 5_000
TITLE_LENGTH = 250
UPDATED = ["space_id", "title", "subtitle", "names", "key", "weight"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found.

    `body` holds other words that lead to it (codes, former names) and is not shown.
    `weight`, from 0 to 1, orders namesakes: for a territory, log10(population) / 8.
    """

    kind: str
    ref: str
    title: str
    subtitle: str = ""
    body: str = ""
    weight: float = 0.0
    space_id: int | None = None


@transaction.atomic
def index(entries: Iterable[Entry]) -> int:
    """Add these things, or bring them up to date; how many there were."""
    count, cards = 0, (_card(entry) for entry in entries)
    while batch := list(islice(cards, BATCH)):
        Card.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["kind", "ref"],
            update_fields=UPDATED,
        )
        count += len(batch)
    return count


@transaction.atomic
def remove(kind: str, refs: Iterable[str] | None = None) -> int:
    """Make these things of one kind impossible to find, all of them without `refs`."""
    cards = Card.objects.filter(kind=kind)
    if refs is not None:
        cards = cards.filter(ref__in=list(refs))
    return cards.delete()[0]


def _card(entry: Entry) -> Card:
    return Card(
        kind=entry.kind,
        ref=entry.ref,
        space_id=entry.space_id,
        title=entry.title[:TITLE_LENGTH],
        subtitle=entry.subtitle[:TITLE_LENGTH],
        names=line_of(entry.title, entry.body),
        key=key_of(entry.title, entry.subtitle, entry.body),
        weight=entry.weight,
    )
