"""Days and amounts as a frozen dashboard keeps them, in the words of a page."""

from __future__ import annotations

from django import template

from jalons.followup.words import amount, day

register = template.Library()
register.filter("told_day", day)
register.filter("told_amount", amount)
