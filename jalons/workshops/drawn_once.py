"""Pieces of a room's pages that are the same for many people, drawn once for them.

Five hundred people who join receive the same form, then the same first item to rate. It
is drawn with a mark in place of what differs from one person to the next (a token, a
key, an address), and each request puts its own there. A piece is found again by all
that it shows, not by an age: what changes makes another one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from types import SimpleNamespace

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from jalons.workshops.screens import Pocket

MOST = 512
"""Pieces kept by a process; a few kilobytes each."""
# Nobody can write it in a text, since nobody knows it.
_MARK = secrets.token_hex(8)
_BLANK = re.compile(f"{_MARK}([a-z_]+){_MARK}")
_kept: dict[Hashable, list[str]] = {}
Draw = Callable[[Mapping[str, str]], str]


def drawn(shows: Hashable, own: Mapping[str, object], draw: Draw) -> SafeString:
    """The piece that shows all this, with what is one's `own` put in its place.

    `draw` makes it from the marks that stand for each name of `own`. Two threads may
    draw the same piece at once: one of the two is kept.
    """
    parts = _kept.get(shows)
    if parts is None:
        if len(_kept) >= MOST:
            _kept.clear()
        marks = {name: f"{_MARK}{name}{_MARK}" for name in own}
        parts = _kept[shows] = _BLANK.split(draw(marks))
    filled = [
        conditional_escape(str(own[part])) if place % 2 else part
        for place, part in enumerate(parts)
    ]
    return mark_safe("".join(filled))  # noqa: S308 (drawn by a template, filled escaped)


def page_of(
    request: HttpRequest,
    template: str,
    shows: Hashable,
    context: Callable[[], Mapping[str, object]],
) -> SafeString:
    """A whole page with forms, that is the same for everybody but for its token."""

    def draw(marks: Mapping[str, str]) -> str:
        return render_to_string(template, {**context(), **marks}, request)

    own = {"csrf_token": get_token(request)}
    return drawn((template, get_language(), request.get_full_path(), shows), own, draw)


def vote_form(
    pocket: Pocket, *, holder: int, person: int, own: Mapping[str, object]
) -> SafeString:
    """The form of a vote not given yet.

    `own` holds the token and the addresses of one page.
    """
    activity, item = pocket.activity, pocket.item
    assert activity is not None
    shows = (
        *(get_language(), activity.pk, activity.kind, activity.form, activity.dots),
        *(activity.dots_cap, activity.takes_several, holder == person),
        item and (item.pk, item.direction, item.category),
        tuple((one.pk, one.number, one.text) for one in pocket.items),
        (tuple(pocket.answered), pocket.has_answered),
    )

    def draw(marks: Mapping[str, str]) -> str:
        who = SimpleNamespace(pk=marks["person"])
        context = {
            **marks,
            "pocket": replace(pocket, key=marks["key"]),
            "person": who,
            "holder": who if holder == person else SimpleNamespace(pk=""),
        }
        return render_to_string("workshops/_vote.html", context)

    return drawn(shows, {**own, "key": pocket.key, "person": person}, draw)
