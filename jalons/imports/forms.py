from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.imports.drafting import Group, Said
from jalons.imports.guessing import Guess
from jalons.imports.matching import (
    SET_ASIDE,
    Proposal,
    choices_of,
    matched_of,
    problems,
)
from jalons.imports.models import ImportBatch, SavedMapping
from jalons.questionnaires.definitions import Definition
from jalons.spaces.fields import Day
from jalons.spaces.models import Space

SAMPLES = 3
SAMPLE_LENGTH = 60


class GiveForm(forms.Form):
    """A file of answers, with the mapping to read it by if there is one already."""

    file = forms.FileField(
        label=gettext_lazy("File of answers"),
        help_text=gettext_lazy(
            "CSV, XLSX or ODS, or JSON of KoboToolbox or ODK Central; 50 MB at most."
        ),
    )
    saved = forms.ModelChoiceField(
        label=gettext_lazy("How do you want its columns to be read?"),
        queryset=SavedMapping.objects.none(),
        empty_label=gettext_lazy("Jalons proposes, I confirm"),
        required=False,
    )
    mapping = forms.FileField(
        label=gettext_lazy("Or a mapping received as a file"),
        help_text=gettext_lazy("A TOML file. Leave empty if you have none."),
        required=False,
    )

    def __init__(self, *args, space: Space, definition: Definition, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["saved"]
        assert isinstance(field, forms.ModelChoiceField)
        known = space.mappings.filter(questionnaire_code=definition.code)
        field.queryset = known.order_by("title")
        if not known:
            del self.fields["saved"]

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("saved") and self.cleaned_data.get("mapping"):
            message = _("Choose one mapping: a known one, or the file, not both.")
            self.add_error("mapping", message)


class SheetForm(forms.Form):
    """The sheet of a workbook that holds the answers."""

    sheet = forms.ChoiceField(
        label=gettext_lazy("Which sheet holds the answers?"), widget=forms.RadioSelect
    )

    def __init__(self, *args, sheets: Sequence[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, one) for one in sheets]


class HeaderForm(forms.Form):
    """The line of the file that names its columns."""

    line = forms.TypedChoiceField(
        label=gettext_lazy("Which line holds the names of the columns?"),
        widget=forms.RadioSelect,
        coerce=int,
    )

    def __init__(self, *args, lines: list[tuple[int, list[str]]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(line), _line_said(line, cells)) for line, cells in lines]


def _line_said(line: int, cells: list[str]) -> str:
    filled = [_short(cell) for cell in cells if cell]
    more = "…" if len(filled) > 5 else ""
    said = _("Line %(line)d: %(cells)s")
    return said % {"line": line, "cells": " | ".join(filled[:5]) + more}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A proposal that a button accepts with others: about what, and what it says."""

    label: str
    choice: str


BESIDE = ("day", "weight_source", "by_content")
"""What the first screen asks beside the columns."""


class ColumnsForm(forms.Form):
    """What each column is. Nothing is chosen beforehand: a proposal is only told."""

    def __init__(
        self,
        *args,
        proposals: list[Proposal],
        definition: Definition,
        language: str,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals, self.definition = proposals, definition
        groups = choices_of(definition, language)
        titles = {code: title for _group, pairs in groups for code, title in pairs}
        titles[SET_ASIDE] = _("Do not read this column")
        self.titles = titles
        first = [("", _("To choose…")), (SET_ASIDE, titles[SET_ASIDE])]
        for number, proposal in enumerate(proposals):
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=proposal.title,
                help_text=_samples(proposal) + _said(proposal.guess, titles),
                choices=[*first, *groups],
            )
        self.fields["by_content"] = forms.BooleanField(
            label=_("No column identifies the answers: the whole row does"),
            help_text=_(
                "The same row is known again, wherever it stands in the file. A row "
                "corrected since would be recorded once more, as another answer."
            ),
            required=False,
        )
        self.fields["day"] = forms.DateField(
            label=_("If no column holds it: the day the answers were collected"),
            required=False,
            widget=Day(),
        )
        self.fields["weight_source"] = forms.CharField(
            label=_("If a column is a weight: who computed it, and how"),
            help_text=_(
                "It is kept beside each answer and used only where somebody chooses "
                "it, at the analysis desk, with these words."
            ),
            max_length=300,
            required=False,
        )

    def clean(self) -> None:
        super().clean()
        if not any(name.startswith("c") for name in self.errors):
            for problem in problems(matched_of(self.choices), self.definition):
                self.add_error(None, ValidationError(problem))

    @property
    def matched(self) -> dict[str, str]:
        return {
            proposal.column.name: self.cleaned_data.get(f"c{number}", "")
            for number, proposal in enumerate(self.proposals)
        }

    @property
    def choices(self) -> dict[str, object]:
        """What is remembered of this screen."""
        day = self.cleaned_data.get("day")
        return {
            "columns": self.matched,
            "day": day.isoformat() if day else "",
            "weight_source": self.cleaned_data.get("weight_source", ""),
            "by_content": self.cleaned_data.get("by_content", False),
        }

    def sure(self) -> dict[str, str]:
        """The proposals that may be accepted together, by field."""
        return {
            f"c{number}": proposal.guess.code
            for number, proposal in enumerate(self.proposals)
            if proposal.guess.level == "sure"
        }

    @property
    def sure_told(self) -> list[Accepted]:
        """The same, in words: what is accepted together."""
        return [
            Accepted(str(self.fields[name].label), self.titles.get(code, code))
            for name, code in self.sure().items()
        ]

    @property
    def settled(self) -> list[BoundField]:
        """Columns chosen as proposed, almost certain: folded, to be read again."""
        return [
            self[name]
            for name, code in self.sure().items()
            if self[name].value() == code
        ]

    @property
    def unsettled(self) -> list[BoundField]:
        """The other columns, then what is asked beside them."""
        folded = {one.name for one in self.settled}
        return [one for one in self.visible_fields() if one.name not in folded]

    def initial_of(self, columns: Mapping[str, str]) -> dict[str, str]:
        return {
            f"c{number}": columns.get(proposal.column.name, "")
            for number, proposal in enumerate(self.proposals)
        }


def _samples(proposal: Proposal) -> str:
    texts = [_short(text) for text in proposal.column.texts[:SAMPLES]]
    if not texts:
        return _("Empty column.")
    return _("For example: %(values)s.") % {"values": " · ".join(texts)}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SAMPLE_LENGTH else text[: SAMPLE_LENGTH - 1] + "…"


def _said(guess: Guess, titles: Mapping[str, str]) -> str:
    """The proposal in words, with how sure it is; nothing without one."""
    if guess.level == "none":
        return " " + _("No proposal.")
    message = (
        _("Proposal, almost certain: %(title)s")
        if guess.level == "sure"
        else _("Proposal, to be checked: %(title)s")
    )
    return " " + message % {"title": titles.get(guess.code, guess.code)}


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with its fields, as a template walks it."""

    group: Group
    fields: list[BoundField]


class ValuesForm(forms.Form):
    """What each value means; what is already an answer of the question is not asked."""

    def __init__(self, *args, groups: list[Group], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for name, _group, ask in self._asks():
            titles = dict(ask.choices)
            self.fields[name] = forms.ChoiceField(
                label=ask.label,
                help_text=_said(ask.guess, titles).strip(),
                choices=[("", _("To choose…")), *ask.choices],
            )

    def _asks(self) -> Iterator[tuple]:
        for number, group in enumerate(self.groups):
            for rank, ask in enumerate(group.asks):
                yield f"v{number}-{rank}", group, ask

    @property
    def shown(self) -> list[ShownGroup]:
        found: dict[int, list[BoundField]] = {}
        for name, group, _ask in self._asks():
            found.setdefault(id(group), []).append(self[name])
        return [ShownGroup(g, found.get(id(g), [])) for g in self.groups]

    @property
    def said(self) -> dict[tuple[str, str, str], str]:
        """What was chosen, by group, kind and thing."""
        return {
            (group.code, ask.kind, ask.about): self.cleaned_data[name]
            for name, group, ask in self._asks()
        }

    def initial_of(self, said: Said) -> dict[str, str]:
        """What a mapping already says of these values; the others stay to be chosen."""
        return {
            name: said.get((group.code, ask.kind, ask.about), "")
            for name, group, ask in self._asks()
        }

    def sure(self) -> dict[str, str]:
        return {
            name: ask.guess.code
            for name, _group, ask in self._asks()
            if ask.guess.level == "sure"
        }

    @property
    def sure_told(self) -> list[Accepted]:
        """The same, in words: what is accepted together."""
        return [
            Accepted(ask.label, str(dict(ask.choices)[ask.guess.code]))
            for _name, _group, ask in self._asks()
            if ask.guess.level == "sure"
        ]

    @property
    def has_problems(self) -> bool:
        return any(group.problem for group in self.groups)


class SaveForm(forms.ModelForm):
    class Meta:
        model = SavedMapping
        fields = ("title",)
        labels = {"title": gettext_lazy("Name of this mapping")}
        help_texts = {
            "title": gettext_lazy("For example: Framaforms export of the 2026 survey.")
        }

    def __init__(self, *args, batch: ImportBatch, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = batch.campaign.space

    def validate_unique(self) -> None:
        """The same name replaces the mapping that bore it."""
