from __future__ import annotations

from collections.abc import Iterator, Mapping

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from jalons.rounds.progress import Cell

MOST = 10_000
"""Ten times the largest field survey that a team of surveyors has done in a season."""


class ShareForm(forms.Form):
    total = forms.IntegerField(
        label=_("How many people in all?"),
        help_text=_(
            "Two or three hundred people tell a lot; under one hundred, little."
        ),
        min_value=0,
        max_value=MOST,
    )


class CommuneForm(forms.Form):
    """How many people of each sex and age, in one commune."""

    def __init__(
        self,
        *args,
        commune: str,
        sexes: Mapping[str, str],
        ages: Mapping[str, str],
        targets: Mapping[Cell, int],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.commune, self.sexes, self.ages = commune, sexes, ages
        for sex, age in self._cells():
            self.fields[f"{sex}.{age}"] = forms.IntegerField(
                label=f"{sexes[sex]}, {ages[age]}",
                min_value=0,
                max_value=MOST,
                required=False,
                initial=targets.get((commune, sex, age)),
            )

    def lines(self) -> Iterator[tuple[str, list[BoundField]]]:
        """One line an age, one field a sex."""
        for age, text in self.ages.items():
            yield text, [self[f"{sex}.{age}"] for sex in self.sexes]

    def targets(self) -> dict[Cell, int]:
        return {
            (self.commune, sex, age): self.cleaned_data[f"{sex}.{age}"] or 0
            for sex, age in self._cells()
        }

    def _cells(self) -> list[tuple[str, str]]:
        return [(sex, age) for age in self.ages for sex in self.sexes]
