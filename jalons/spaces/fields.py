"""Fields that the forms of every team share."""

from __future__ import annotations

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SELECTED = mark_safe(" selected")


class Day(forms.DateInput):
    """A day, picked from a calendar where the browser has one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Choices(forms.Select):
    """A list of choices written at once: a template an option takes ten times as long,
    which a public page with a hundred of them cannot afford."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        context = self.get_context(name, value, attrs)["widget"]
        options = (
            (one["value"], SELECTED if one["selected"] else "", str(one["label"]))
            for _group, group, _rank in context["optgroups"]
            for one in group
        )
        return format_html(
            '<select name="{}"{}>{}</select>',
            context["name"],
            flatatt(context["attrs"]),
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )
