"""A drawing is made once for what it shows, and never shown for anything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from jalons.drawing import kept
from jalons.drawing.skins import PAGE, PRINT

LOCAL = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture(autouse=True)
def _process_that_keeps(settings):
    settings.CACHES = settings.CACHES | {
        "drawings": {"BACKEND": LOCAL, "LOCATION": "drawings of a test"}
    }
    caches["drawings"].clear()


@pytest.fixture
def pencil() -> Callable[[str], Callable[[], SafeString]]:
    """Draws the word given, with the number of drawings made so far."""
    made: list[str] = []

    def of(word: str) -> Callable[[], SafeString]:
        def draw() -> SafeString:
            made.append(word)
            return mark_safe(f"<svg>{word} {len(made)}</svg>")

        return draw

    return of


def test_the_same_content_is_not_drawn_again(pencil):
    shows = ("33", {"33063": ("c1", "20,9 % (2021)")})

    first, again = (kept.drawn(shows, PAGE, pencil("un")) for _time in range(2))

    assert "<svg>un 1</svg>" == first == again
    assert isinstance(again, SafeString)


def test_another_value_word_contour_skin_or_language_is_another_drawing(pencil):
    shows = (1, "33", {"33063": ("c1", "20,9 % (2021)")})
    changed = (
        (1, "33", {"33063": ("c2", "20,9 % (2021)")}),
        (1, "33", {"33063": ("c1", "20,9 % (2022)")}),
        (2, "33", {"33063": ("c1", "20,9 % (2021)")}),
    )

    names = {kept.name_of(one, PAGE) for one in (shows, *changed)}
    names.add(kept.name_of(shows, PRINT))
    with translation.override("en"):
        names.add(kept.name_of(shows, PAGE))

    assert 6 == len(names)


def test_texts_that_run_into_one_another_are_not_the_same_content():
    apart = kept.name_of(("ab", "c"), PAGE), kept.name_of(("a", "bc"), PAGE)

    assert apart[0] != apart[1]


def test_what_cannot_be_drawn_is_tried_again(pencil):
    shows = "33"

    before = kept.drawn(shows, PAGE, lambda: None)

    assert before is None
    assert "<svg>un 1</svg>" == kept.drawn(shows, PAGE, pencil("un"))
