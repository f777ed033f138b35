"""The few pieces every page is made of; each has its example on /composants/."""

from __future__ import annotations

from django import template

register = template.Library()
