"""Days and amounts as a frozen dashboard keeps them, in the words of a page."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from jalons.followup.telling import IndicatorTold
from jalons.followup.words import amount, day

register = template.Library()
register.filter("told_day", day)
register.filter("told_amount", amount)


@register.filter
def known(indicators: Sequence[IndicatorTold]) -> list[IndicatorTold]:
    """Those that have a baseline or a measure."""
    return [one for one in indicators if one["last_on"] or one["start_on"]]
