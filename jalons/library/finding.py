"""Sheets that answer a question, best first: the same on both databases.

The database gives the sheets that hold one stem at least (FTS5 in SQLite, full text in
PostgreSQL); they are ordered here, by one formula:

    score = Σ over words  max over what leads to it
            strength · idf · Σ over zones  weight(z) · tf/(tf + 1)

times the square of the share of the question that the sheet holds. `idf` is
log(1 + N/n), n of the N sheets reached holding it (Spärck Jones, 1972); tf/(tf + 1) is
what BM25 makes of a count with k = 1 and no length (Robertson and Zaragoza, 2009). A
word written otherwise counts
for less: mended, or a synonym. The weights are a choice, tried on the questions of
``tests/library/questions.toml``; they are not a measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from math import log
from unicodedata import ucd_3_2_0

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from rapidfuzz.distance import DamerauLevenshtein

from jalons.library.models import Sheet, SheetQuerySet, SheetText, Word
from jalons.library.stems import fold, stems_of, words_in
from jalons.library.synonyms import led_to

# A longer question says no more.
QUERY_LENGTH, QUERY_WORDS = 200, 20
CANDIDATES = 600
ZONES = {"title": 4.0, "tags": 3.0, "summary": 2.0, "body": 1.0}
MENDED, SYNONYM = 0.8, 0.55
# Letters that may be wrong in a word of this length.
SHORT, LONG = 4, 8
_REACHED = {
    "sqlite": (
        "sheet_id IN (SELECT rowid FROM library_stem WHERE library_stem MATCH %s)"
    ),
    "postgresql": "to_tsvector('simple', stems) @@ to_tsquery('simple', %s)",
}
_OR = {"sqlite": " OR ", "postgresql": " | "}


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of the question: what leads to it, and how much each counts."""

    strengths: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Answer:
    sheet: Sheet
    score: float


def answers_to(
    question: str, *, among: SheetQuerySet | None = None, limit: int = 200
) -> list[Answer]:
    """The sheets that answer, best first; nothing for a question that says nothing."""
    sought = _sought(question)
    if not sought:
        return []
    stems = {stem for one in sought for stem in one.strengths}
    texts = _candidates(stems)
    scores = _scores(sought, texts)
    allowed = Sheet.objects.public() if among is None else among
    kept = allowed.filter(pk__in=scores).select_related("territory", "space")
    found = [Answer(one, scores[one.pk]) for one in kept]
    found.sort(key=lambda one: (-one.score, one.sheet.code))
    return found[:limit]


def _candidates(stems: Collection[str]) -> list[SheetText]:
    vendor = connection.vendor
    words = {piece for one in stems for piece in _pieces(one)}
    if not words:
        return []
    asked = _OR[vendor].join(f'"{one}"' for one in sorted(words))
    if vendor == "postgresql":
        asked = asked.replace('"', "'")
    reached = RawSQL(_REACHED[vendor], [asked], BooleanField())
    public = Sheet.objects.public().values("pk")
    rows = SheetText.objects.filter(reached, sheet__in=public).order_by("sheet__code")
    return list(rows[:CANDIDATES])


def _pieces(stem: str) -> list[str]:
    """A stem as the index of SQLite cuts it.

    “½” is brought to “1⁄2”, and a letter younger than Unicode 6.1 parts a word there:
    asked whole, it would be a phrase, which this index refuses. What was a letter or a
    figure in Unicode 3.2 is one for both.
    """
    known = (one if ucd_3_2_0.category(one)[0] in "LN" else " " for one in stem)
    return "".join(known).split()


def _scores(sought: list[Sought], texts: list[SheetText]) -> dict[int, float]:
    zones = [{zone: getattr(text, zone).split() for zone in ZONES} for text in texts]
    rarity = _rarity({stem for one in sought for stem in one.strengths}, texts)
    scores, held = [0.0] * len(texts), [0.0] * len(texts)
    total = 0.0
    for word in sought:
        weight = max(rarity[stem] for stem in word.strengths)
        total += weight
        for position, one in enumerate(zones):
            strength = _strength(word, one, rarity)
            scores[position] += strength
            held[position] += weight * (strength > 0)
    return {
        text.pk: score * (share / total) ** 2
        for text, score, share in zip(texts, scores, held, strict=True)
        if score > 0
    }


def _rarity(stems: Set[str], texts: list[SheetText]) -> dict[str, float]:
    """How little each stem is met among the sheets reached."""
    met = Counter(stem for text in texts for stem in stems & set(text.stems.split()))
    return {stem: log(1 + (len(texts) + 1) / (met[stem] + 1)) for stem in stems}


def _strength(
    word: Sought, zones: Mapping[str, list[str]], rarity: Mapping[str, float]
) -> float:
    """How much a sheet holds a word, by the best of what leads to it."""
    return max(
        strength
        * rarity[stem]
        * sum(_held(zones[zone].count(stem), ZONES[zone]) for zone in ZONES)
        for stem, strength in word.strengths.items()
    )


def _held(count: int, weight: float) -> float:
    return weight * count / (count + 1)


def _sought(question: str) -> list[Sought]:
    words = list(dict.fromkeys(words_in(question[:QUERY_LENGTH])))[:QUERY_WORDS]
    known = _known(words)
    first = {word: _mend(word, known) for word in words}
    said = frozenset(stem for stems in first.values() for stem in stems)
    found = []
    meant = led_to(said)
    for strengths in first.values():
        wider = dict(strengths)
        for expression, others in meant:
            if expression & strengths.keys():
                for one in others:
                    wider.setdefault(one, SYNONYM)
        found.append(Sought(wider))
    return found


def _known(words: Collection[str]) -> set[str]:
    """The stems of the question that some sheet holds, in one query."""
    stems = {stem for word in words for stem in stems_of(word)}
    return set(Word.objects.filter(stem__in=stems).values_list("stem", flat=True))


def _mend(word: str, known: set[str]) -> dict[str, float]:
    """What leads to a word: its stems, or those of the nearest words when none does."""
    stems = stems_of(word)
    plain = fold(word)
    if known.intersection(stems) or len(plain) < SHORT or plain.isdigit():
        return dict.fromkeys(stems, 1.0)
    slips = 1 if len(plain) < LONG else 2
    near = Word.objects.filter(
        size__range=(len(plain) - slips, len(plain) + slips)
    ).values_list("form", "stem")
    distances = {
        (form, stem): DamerauLevenshtein.distance(plain, form, score_cutoff=slips)
        for form, stem in near
    }
    best = min(distances.values(), default=slips + 1)
    if best > slips:
        return dict.fromkeys(stems, 1.0)
    found = {stem for (_form, stem), far in distances.items() if far == best}
    return {**dict.fromkeys(stems, 1.0), **dict.fromkeys(found, MENDED)}
