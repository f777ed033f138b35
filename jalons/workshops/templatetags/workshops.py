from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid4

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.ecosystems.models import Link
from jalons.workshops.drawn_once import vote_form
from jalons.workshops.learning import Learning
from jalons.workshops.models import Item, Writing
from jalons.workshops.screens import Pocket
from jalons.workshops.words import learning_words, quadrant_words
from jalons.workshops.worktable import Cell

register = template.Library()


@register.simple_tag(takes_context=True)
def vote(context: template.Context) -> SafeString:
    """The form to vote; one that holds an answer, or a refusal, is drawn for itself."""
    pocket = context["pocket"]
    if pocket.given or context["act"]:
        whole = cast("dict[str, Any]", context.flatten())
        return render_to_string("workshops/_vote.html", whole)
    own = {name: context[name] for name in ("csrf_token", "action", "here")}
    holder, person = context["holder"].pk, context["person"].pk
    return vote_form(pocket, holder=holder, person=person, own=own)


@register.simple_tag
def quadrant(code: str) -> str:
    """The name of a quadrant of the matrix."""
    return quadrant_words(code)


@register.simple_tag
def told_again(found: Learning) -> list[str]:
    """What changed between two answers of the same people, sentence by sentence."""
    return learning_words(found)


@register.simple_tag
def share_words(share: float) -> str:
    """A share of those who voted, in percent."""
    return _("%(n)s%%") % {"n": round(100 * share)}


@register.simple_tag
def factor_categories() -> list[tuple[str, str]]:
    """The categories of a factor, in the order of the method."""
    return [(code, str(label)) for code, label in Item.Category.choices]


@register.simple_tag
def link_statuses() -> list[tuple[str, str]]:
    """How a resource may be tied, in the order of the legend."""
    return [(code, str(label)) for code, label in Link.Status.choices]


@register.simple_tag
def given(pocket: Pocket, name: str, pk: int | str = "") -> Sequence[str]:
    """What a field of this page holds: `given pocket "dots-" 12`."""
    return pocket.given.get(f"{name}{pk}", [])


@register.simple_tag
def new_key() -> str:
    """A key of its own for each form of a page: what is sent twice is kept once."""
    return str(uuid4())


@register.filter
def both(cell: Cell, waiting: Writing) -> str:
    """The wording in place, then the one that waits: what somebody puts together."""
    return "\n".join(one for one in (cell.text, waiting.text) if one)
