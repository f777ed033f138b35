"""What is typed: a mini-survey, how many codes, a code, the answers of its holder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.documents.words import date_format
from jalons.panels.definition import Question, read_definition
from jalons.panels.models import TITLE_LENGTH
from jalons.panels.moments import AFTER, Moment
from jalons.panels.operations import MOST_CODES

LEAST_KEPT = timedelta(days=AFTER[Moment.SIX][1])
MOST_KEPT = timedelta(days=3 * 365)
USUAL_KEPT = timedelta(days=548)
SKILL_CHOICES = (
    ("easily", _("alone, easily")),
    ("with_trouble", _("alone, with trouble")),
    ("helped", _("with somebody’s help")),
    ("not_done", _("I do not do it")),
)
YES_NO = (("yes", _("yes")), ("no", _("no")))
SCALE = (("", _("Nothing chosen")), *((str(n), str(n)) for n in range(11)))
DAY = {"type": "date"}


class PanelForm(forms.Form):
    """A mini-survey to open: its title, and the day on which all of it is erased."""

    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        help_text=_("For your team, for example “Workshops of the autumn”."),
    )
    kept_until = forms.DateField(
        label=_("Last day on which codes and answers are kept"),
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
        help_text=_(
            "It is written on the slips and cannot be changed afterwards. Measures "
            "taken by then stay."
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept_until"].initial = timezone.localdate() + USUAL_KEPT

    def clean_kept_until(self) -> date:
        day, today = self.cleaned_data["kept_until"], timezone.localdate()
        if not today + LEAST_KEPT <= day <= today + MOST_KEPT:
            words = gettext(
                "Choose a day from %(first)s, when the six months of those who begin "
                "today are over, to %(last)s."
            )
            bounds = {
                "first": date_format(today + LEAST_KEPT),
                "last": date_format(today + MOST_KEPT),
            }
            raise forms.ValidationError(words % bounds)
        return day


class CodesForm(forms.Form):
    """How many slips to print."""

    count = forms.IntegerField(
        label=_("How many slips?"),
        min_value=1,
        max_value=MOST_CODES,
        initial=24,
        help_text=_(
            "Eight a page, to be cut out. Each code is shown this once: print the "
            "file or keep it until the slips are handed out, then delete it."
        ),
    )


class CodeForm(forms.Form):
    """The code written on a slip."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        help_text=_("Eight letters and digits, for example K7QM-3FX9."),
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class AnswerForm(forms.Form):
    """The questions; none must be answered."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for one in read_definition().question:
            self.fields[one.code] = _field(one)

    @property
    def answers(self) -> Mapping[str, str | int]:
        """Those given, once the form is valid."""
        found: dict[str, str | int] = {}
        for one in read_definition().question:
            said = self.cleaned_data.get(one.code)
            if said not in ("", None):
                found[one.code] = int(said) if one.kind == "scale" else said
        return found


class KeyForm(AnswerForm):
    """The same keyed for somebody: their code, the day on which they answered."""

    code = CodeForm.base_fields["code"]
    answered_on = forms.DateField(
        label=_("Day of the answer"),
        widget=forms.DateInput(DAY, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_on"].initial = timezone.localdate()
        self.fields["code"].label = gettext("Code of the person")

    def clean_answered_on(self) -> date:
        day: date = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet."))
        return day


def _field(question: Question) -> forms.ChoiceField:
    choices = {"skill": SKILL_CHOICES, "yes_no": YES_NO, "scale": SCALE}[question.kind]
    widget = forms.Select if question.kind == "scale" else forms.RadioSelect
    return forms.ChoiceField(
        label=str(question), choices=choices, required=False, widget=widget
    )
