"""A sheet of a resource map keyed, category by category or whole: its lines known
already, then blank ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.directory.texts import plain
from jalons.ecosystems.documents import EMPTY_LINES
from jalons.ecosystems.figures import Chart, Tie
from jalons.ecosystems.models import NAME_LENGTH, Link, Resource
from jalons.ecosystems.operations import Line, Said
from jalons.spaces.fields import Day

OWNER_LENGTH = 120
CROSSES = [("", _("no cross")), *Link.Status.choices]
Row = Sequence[forms.BoundField]
Known = tuple[Tie, forms.BoundField, Row]


class SheetForm(forms.Form):
    """A line without a cross was left blank by the pen: nothing is said of it."""

    since = forms.DateField(
        label=_("Day on which the sheet was filled"), widget=Day(), required=False
    )

    def __init__(
        self, *args, chart: Chart, categories: Sequence[str], **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("since", timezone.localdate())
        self.map, self.chart = chart.centre.map, chart
        self.categories = [Resource.Category(one) for one in categories]
        self.known = {
            str(one.resource.pk): one
            for one in chart.ties
            if one.resource.category in categories
        }
        self.blank = [
            f"{category}-{place}"
            for category in categories
            for place in range(1, EMPTY_LINES + 1)
        ]
        for code, tie in self.known.items():
            # The link that the page shows: one drawn meanwhile is told.
            self.fields[f"base-{code}"] = forms.IntegerField(
                min_value=0, required=False, widget=forms.HiddenInput
            )
            self.initial[f"base-{code}"] = tie.base
            self._add_link(code, tie.resource.name)
        for code in self.blank:
            category, _dash, place = code.partition("-")
            line = f"{Resource.Category(category).label} · {place}"
            self._add_text(f"name-{code}", f"{line} · {_('Resource')}", NAME_LENGTH)
            self._add_link(code, line)

    def _add_link(self, code: str, line: str) -> None:
        label = f"{line} · {_('Link')}"
        select = forms.Select({"aria-label": label})
        self.fields[f"status-{code}"] = forms.ChoiceField(
            label=label, choices=CROSSES, required=False, widget=select
        )
        self._add_text(f"owner-{code}", f"{line} · {_('Who sees to it')}", OWNER_LENGTH)

    def _add_text(self, name: str, label: str, most: int) -> None:
        self.fields[name] = forms.CharField(
            label=label,
            max_length=most,
            required=False,
            widget=forms.TextInput({"aria-label": label}),
        )

    @property
    def leaves(self) -> list[tuple[str, str]]:
        """Every category of the sheet, each on a page of its own."""
        return [(one.value, str(one.label)) for one in Resource.Category]

    @property
    def after(self) -> str:
        """The category that follows on paper; empty after the last one."""
        every = list(Resource.Category)
        following = every[every.index(self.categories[-1]) + 1 :]
        return str(following[0]) if following else ""

    @property
    def goes_on(self) -> bool:
        """Whether whoever sends it goes on with the next category."""
        return self.data.get("puis") in Resource.Category.values

    def groups(self) -> Iterator[tuple[str, list[Known], list[Row]]]:
        """By category: the lines known already, then the blank ones."""
        for category in self.categories:
            known = [
                (tie, self[f"base-{code}"], self._row(code, "status", "owner"))
                for code, tie in self.known.items()
                if tie.resource.category == category
            ]
            blank = [
                self._row(code, "name", "status", "owner")
                for code in self.blank
                if code.startswith(f"{category}-")
            ]
            yield str(category.label), known, blank

    def _row(self, code: str, *names: str) -> Row:
        return [self[f"{name}-{code}"] for name in names]

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"] or timezone.localdate()
        if day > timezone.localdate():
            raise ValidationError(
                _("This day has not come yet: give the day it happened.")
            )
        return day

    def clean(self) -> None:
        super().clean()
        for code in (*self.known, *self.blank):
            self._check(code)
        self._check_withdrawn()
        if not self.errors and not self.goes_on and not self.lines():
            raise ValidationError(_("Nothing of this sheet is keyed yet."))

    def _check(self, code: str) -> None:
        """A line of the sheet has its name and its cross, or nothing."""
        given = self.cleaned_data
        name, owner = given.get(f"name-{code}"), given.get(f"owner-{code}")
        has_cross = bool(given.get(f"status-{code}"))
        if (name or owner) and not has_cross and f"status-{code}" in given:
            self.add_error(f"status-{code}", _("Say which cross is on this line."))
        if has_cross and code in self.blank and not plain(name or ""):
            self.add_error(f"name-{code}", _("Name the resource of this line."))

    def _check_withdrawn(self) -> None:
        """A line of a resource that left the map meanwhile is told, never lost."""
        shown = [one.resource.pk for one in self.chart.ties]
        for one in self.map.resources.exclude(pk__in=shown):
            if self.data.get(f"status-{one.pk}"):
                reason = _(
                    "“%(name)s” was withdrawn from the map since this page was opened: "
                    "write it on a blank line to put it back, or keep the sheet "
                    "without it."
                )
                self.add_error(None, reason % {"name": one.name})

    def lines(self) -> list[Line]:
        """What the sheet says, line by line."""
        given = self.cleaned_data
        known = [
            Line(
                tie.resource.name,
                tie.resource.category,
                self._said(code, given[f"base-{code}"] or 0, tie.owner),
            )
            for code, tie in self.known.items()
            if given[f"status-{code}"]
        ]
        new = [
            Line(
                plain(given[f"name-{code}"]),
                code.partition("-")[0],
                self._said(code, 0, ""),
            )
            for code in self.blank
            if given[f"status-{code}"]
        ]
        return known + new

    def _said(self, code: str, base: int, owner: str) -> Said:
        """An owner that the sheet does not write is the one there was."""
        given = self.cleaned_data
        return Said(
            Link.Status(given[f"status-{code}"]),
            base,
            uuid4(),
            plain(given[f"owner-{code}"]) or owner,
            given["since"],
        )
