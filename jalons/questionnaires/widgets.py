"""Controls for what no single native control asks: lines to judge, answers to rank.

Both are plain lists of native controls, one a line, named `question.line`: they need
no script, read well one under the other, and each line has its own label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line: a label with its control, or a heading over `options`."""

    label: str
    id: str
    control: SafeString | None = None
    options: tuple[BoundWidget, ...] = ()


class LinesWidget(forms.Widget):
    """One native control a line; the value is what each line holds."""

    use_fieldset = True

    def __init__(self, rows: Choices) -> None:
        super().__init__()
        self.rows = rows

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> dict[str, str]:
        posted = {row: data.get(f"{name}.{row}", "") for row, _label in self.rows}
        return {row: value for row, value in posted.items() if value}

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> bool:
        return not any(f"{name}.{row}" in data for row, _label in self.rows)

    def lines(self, field: forms.BoundField) -> list[DrawnLine]:
        """The lines as the template draws them, with what they hold."""
        value = self.held(field.value())
        return [
            self.line(f"{field.html_name}.{row}", label, value.get(row, ""), field)
            for row, label in self.rows
        ]

    def held(self, value: object) -> Mapping[str, str]:
        return value if isinstance(value, Mapping) else {}

    def line(
        self, name: str, label: str, value: str, field: forms.BoundField
    ) -> DrawnLine:
        raise NotImplementedError

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Lines are drawn by the template of the question."""
        return mark_safe("")


class MatrixWidget(LinesWidget):
    """One group of radios a line."""

    def __init__(self, rows: Choices, choices: Choices) -> None:
        super().__init__(rows)
        self.radios = forms.RadioSelect(choices=choices)

    def line(
        self, name: str, label: str, value: str, field: forms.BoundField
    ) -> DrawnLine:
        identity = f"q-{name}"
        drawn = self.radios.subwidgets(name, value, attrs={"id": identity})
        options = (BoundWidget(self.radios, one, field.form.renderer) for one in drawn)
        return DrawnLine(label, identity, options=tuple(options))


class RankingWidget(LinesWidget):
    """One list of ranks an option."""

    def __init__(self, choices: Choices, most: int | None) -> None:
        super().__init__(choices)
        self.ranks = range(1, min(most or len(choices), len(choices)) + 1)

    def held(self, value: object) -> Mapping[str, str]:
        if isinstance(value, list | tuple):
            return {code: str(rank) for rank, code in enumerate(value, start=1)}
        return super().held(value)

    def line(
        self, name: str, label: str, value: str, field: forms.BoundField
    ) -> DrawnLine:
        ranks = ((str(rank), str(rank)) for rank in self.ranks)
        select = forms.Select(choices=[("", _("Not ranked")), *ranks])
        control = select.render(name, value, attrs={"id": f"q-{name}"})
        return DrawnLine(label, f"q-{name}", control)
