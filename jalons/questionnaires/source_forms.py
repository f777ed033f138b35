"""The documents a questionnaire comes from, as rows of a form."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext as _

from jalons.questionnaires.schema import Source

BLANK_ROWS = 1
MOST_ROWS = 20
KEYS = ("title", "publisher", "year", "url")


class SourceRows:
    """One row a document, and an empty one at the end; a row emptied is removed."""

    def __init__(self, form: forms.Form, known: tuple[Source, ...]) -> None:
        self.form, self.count = form, min(len(known) + BLANK_ROWS, MOST_ROWS)
        for number in range(self.count):
            source = known[number] if number < len(known) else None
            for key, field in _fields(number + 1).items():
                form.fields[_name(number, key)] = field
                value = getattr(source, key) if source else None
                form.initial.setdefault(_name(number, key), value)

    def __iter__(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """The rows as the page draws them."""
        for number in range(self.count):
            yield tuple(self.form[_name(number, key)] for key in KEYS)

    def sources(self) -> tuple[Source, ...]:
        """The documents typed, in order."""
        typed = map(self._typed, range(self.count))
        return tuple(
            Source.model_validate({**said, "url": said["url"] or None})
            for said in typed
            if said["title"]
        )

    def check(self) -> None:
        """A document has a title, a publisher and a year, or is not there."""
        for number in range(self.count):
            said = self._typed(number)
            if not any(said.values()):
                continue
            for key in ("title", "publisher", "year"):
                name = _name(number, key)
                if not said[key] and name not in self.form.errors:
                    message = _("Complete this line, or empty all of it.")
                    self.form.add_error(name, message)

    def _typed(self, number: int) -> dict[str, object]:
        return {key: self.form.cleaned_data.get(_name(number, key)) for key in KEYS}


def _name(number: int, key: str) -> str:
    return f"s{number}_{key}"


def _fields(number: int) -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(
            label=_("Document %(n)s") % {"n": number}, required=False, max_length=300
        ),
        "publisher": forms.CharField(
            label=_("Published by"), required=False, max_length=200
        ),
        "year": forms.IntegerField(
            label=_("Year"), required=False, min_value=1900, max_value=2200
        ),
        "url": forms.URLField(
            label=_("Address (https://…)"),
            required=False,
            max_length=500,
            assume_scheme="https",
        ),
    }
