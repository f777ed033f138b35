from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext

from jalons.actors.lines import guess_columns


class ColumnsForm(forms.Form):
    """Which column holds what; proposed from their names, chosen by a person."""

    def __init__(
        self,
        *args,
        columns: Iterable[str],
        headings: Mapping[str, Sequence[str]],
        fields: Mapping[str, object],
        required: Sequence[str],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guessed = guess_columns(columns, headings)
        self.needed = required
        known = [("", gettext("No column")), *((one, one) for one in columns)]
        for name, label in fields.items():
            self.fields[name] = forms.ChoiceField(
                label=str(label).capitalize(),
                choices=known,
                initial=self.guessed.get(name, ""),
                required=name in required,
            )

    @property
    def chosen(self) -> dict[str, str] | None:
        """The column of each field; None until those that are needed are named.

        Before anything is sent, what is guessed counts as chosen when it is enough.
        """
        if not self.is_bound:
            is_enough = all(name in self.guessed for name in self.needed)
            return self.guessed if is_enough else None
        if not self.is_valid():
            return None
        return {field: one for field, one in self.cleaned_data.items() if one}
