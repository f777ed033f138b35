"""A drawing found again by what it shows: values, contours, words and language.

The name under which one is kept is made of all of that, and of nothing else: who reads
it is not asked, since the same content makes the same drawing, and any change makes
another name. There is nothing to forget, and each process keeps the last ones
(`CACHES["drawings"]`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core.cache import caches
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from jalons.drawing.skins import Skin

FORMAT = 1
"""To be raised when the same content is drawn otherwise."""
KEPT_SECONDS = 24 * 3600


def drawn(
    shows: object, skin: Skin, draw: Callable[[], SafeString | None]
) -> SafeString | None:
    """The drawing of this content: kept, or made and kept.

    `shows` is whatever the drawing is made from, as plain values and dataclasses: what
    it leaves out must not change the drawing.
    """
    name = name_of(shows, skin)
    found: SafeString | None = caches["drawings"].get(name)
    if found is None and (found := draw()) is not None:
        caches["drawings"].set(name, found, KEPT_SECONDS)
    return found


def name_of(shows: object, skin: Skin) -> str:
    """A name that only the same content has, in the same language and skin."""
    said = repr((FORMAT, get_language(), skin.name, shows))
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=20).hexdigest()
