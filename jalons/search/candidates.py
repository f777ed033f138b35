"""The cards worth ranking, by the number of trigrams they share with the query.

Both databases count the same thing in the same order; only the way to the rows
differs. SQLite goes through its full-text index of trigrams (FTS5); PostgreSQL through
a GIN index of pg_trgm when the extension could be created, else through the table.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import BooleanField, IntegerField
from django.db.models.expressions import RawSQL

from jalons.search.models import Card
from jalons.search.words import COMMON_TRIGRAMS, COMMON_WORDS, trigrams

# Enough for the best twenty to be among them, few enough to be ranked in Python.
CANDIDATE_COUNT = 200
# One slip spoils at most four trigrams.
ENOUGH_TRIGRAMS = 5

_SHARED = {"sqlite": "(instr(key, %s) > 0)", "postgresql": "(strpos(key, %s) > 0)::int"}
_REACHED = {
    "sqlite": "id IN (SELECT rowid FROM search_trigram WHERE search_trigram MATCH %s)",
    "postgresql": "names LIKE ANY (%s)",
}


def candidates(
    query: list[str], kinds: Collection[str], space_ids: Collection[int]
) -> list[Card]:
    """At most `CANDIDATE_COUNT` cards, those sharing most trigrams first."""
    shared, vendor = trigrams(f" {' '.join(query)} "), connection.vendor
    count = RawSQL(" + ".join([_SHARED[vendor]] * len(shared)), shared, IntegerField())
    reached = RawSQL(_REACHED[vendor], [_reach(query, vendor)], BooleanField())
    rows = (
        Card.objects.of_kinds(kinds)
        .visible_in(space_ids)
        .filter(reached)
        .annotate(shared=count)
        .order_by("-shared", "-weight", "pk")
    )
    return list(rows[:CANDIDATE_COUNT])


def _reach(query: list[str], vendor: str) -> object:
    """Any telling trigram of a telling word, written as each index wants to be asked.

    What thousands of names share would reach half of the table: it is left out as
    long as enough remains to be found in spite of a slip of the keyboard.
    """
    words = [word for word in query if word not in COMMON_WORDS] or query
    parts = [part for word in words for part in trigrams(f" {word} ")]
    telling = [part for part in parts if part not in COMMON_TRIGRAMS]
    if len(telling) >= ENOUGH_TRIGRAMS:
        parts = telling
    if vendor == "sqlite":
        return " OR ".join(f'"{part}"' for part in parts)
    return [f"%{part}%" for part in parts]
