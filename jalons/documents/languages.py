"""What the site itself says and keeps: written once in each of its languages.

Text that is computed then stored outlives the page that asked for it. Kept only in the
language of whoever asked, it is read for ever by others in a language not theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.conf import settings
from django.utils.translation import get_language, override

Said = TypeVar("Said")


def in_each_language(say: Callable[[], Said]) -> tuple[Said, dict[str, Said]]:
    """What it says in the language of the site, and in those where that differs."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = say()
    ours = said.pop(settings.LANGUAGE_CODE)
    return ours, {one: words for one, words in said.items() if words != ours}


def for_reader(ours: Said, otherwise: Mapping[str, Said]) -> Said:
    """In the language of the reader, else as it was kept: older text has only one."""
    return otherwise.get(get_language() or "", ours)
