"""Counts as a frozen page keeps them, in the words of a page."""

from __future__ import annotations

from django import template

from jalons.impact import words

register = template.Library()
register.filter("told_count", words.number)
