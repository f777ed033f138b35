from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.documents.words import date_format
from jalons.keying.figures import Difference
from jalons.keying.models import Sheet
from jalons.questionnaires import answers as rules
from jalons.questionnaires.forms import SectionForm, ShownQuestion
from jalons.spaces.fields import Day
from jalons.surveys.models import Campaign, Response

FIRST, SECOND, OTHER, BLANK = "first", "second", "other", "blank"


class SheetForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("How the person answered"),
        choices=[(one.value, one.label) for one in Sheet.CHANNELS],
        widget=forms.RadioSelect,
    )
    collected_on = forms.DateField(label=_("Day the person answered"), widget=Day)
    number = forms.IntegerField(
        label=_("Number written on the sheet"),
        help_text=_("For paper only: write it on the sheet before keying."),
        min_value=1,
        max_value=999_999,
        error_messages={"required": _("Write a number on the sheet and copy it here.")},
    )
    # The number is asked of paper alone, which the browser does not know.
    use_required_attribute = False

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        if self.is_bound and self.data.get("channel") != Response.Channel.PAPER:
            self.fields["number"].required = False

    def clean_collected_on(self):
        day, today = self.cleaned_data["collected_on"], self.campaign.today()
        opens, days = self.campaign.opens_on, {"day": date_format(day)}
        if day > today:
            message = _("Nobody can have answered on %(day)s: today is %(today)s.")
            raise ValidationError(message, params=days | {"today": date_format(today)})
        if day < opens:
            message = _(
                "Nobody can have answered on %(day)s: the survey opened on %(opens)s."
            )
            raise ValidationError(message, params=days | {"opens": date_format(opens)})
        return day

    def clean(self) -> None:
        super().clean()
        number = self.cleaned_data.get("number")
        is_paper = self.cleaned_data.get("channel") == Response.Channel.PAPER
        if not is_paper:
            self.cleaned_data["number"] = None
        elif number and self.campaign.sheets.filter(number=number).exists():
            message = _("Another sheet of the survey bears this number.")
            self.add_error("number", message)


class SettleForm(forms.Form):
    """One choice a difference: a reading, the sheet read again, or nothing written.

    `read_again` gives the questions to read a third time: all of them to be drawn, then
    those for which the choice is "neither", to be filled in if they are asked.
    """

    def __init__(
        self,
        *args,
        differences: tuple[Difference, ...],
        read_again: Callable[..., SectionForm],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.read_again = read_again
        self.differences = differences
        for one in differences:
            choices = [
                (FIRST, _("First: %(words)s") % {"words": _said(one.first)}),
                (SECOND, _("Second: %(words)s") % {"words": _said(one.second)}),
                (OTHER, _("Neither: I read the sheet again")),
            ]
            if one.first and one.second:
                choices.append((BLANK, _("Neither: nothing is written on the sheet")))
            self.fields[f"choice-{one.question.code}"] = forms.ChoiceField(
                label=one.text, widget=forms.RadioSelect, choices=choices
            )

    def clean(self) -> None:
        super().clean()
        choices = self.choices_made()
        self.reread = self.read_again(choices)
        self.reread.is_valid()
        definition, answers = self.reread.page.definition, self.reread.answers
        asked = {one.code for one in rules.asked(definition, answers)}
        for code, choice in choices.items():
            if choice == OTHER and code in asked - answers.keys():
                message = _("Say below what is written on the sheet.")
                self.add_error(f"choice-{code}", message)

    def rows(self) -> list[tuple[Difference, forms.BoundField, ShownQuestion | None]]:
        """What the page draws: a difference, its choice, the question to fill in."""
        every = self.read_again().questions
        again = self.reread.questions if self.is_bound else []
        shown = {one.question.code: one for one in (*every, *again)}
        return [
            (one, self[f"choice-{code}"], shown.get(code))
            for one in self.differences
            for code in [one.question.code]
        ]

    def choices_made(self) -> dict[str, str]:
        made = self.cleaned_data.items()
        return {name.removeprefix("choice-"): choice for name, choice in made}


def _said(words: str) -> str:
    return words or str(_("no answer"))
