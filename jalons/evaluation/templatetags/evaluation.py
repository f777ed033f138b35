"""How far an indicator went, in words."""

from __future__ import annotations

from django import template

from jalons.evaluation import words

register = template.Library()
register.filter("progress", words.progress)
register.filter("wished", words.direction_of)
