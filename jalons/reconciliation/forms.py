from __future__ import annotations

import re
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.documents.words import date_format
from jalons.questionnaires.definitions import Definition
from jalons.reconciliation.figures import refusals
from jalons.spaces.fields import Day
from jalons.surveys.forms import LONGEST
from jalons.surveys.models import Campaign, Reconciliation
from jalons.surveys.reconciling import METHODS, Choice
from jalons.territories.models import Territory

MOST = 10
LONGEST_TITLE = 160
OWN_WAVE = r"[\s,–-]+((wave|vague) \d+|\w+ (wave|vague))$"
"""The end of a title that says which wave it is: “, second wave”, “ – wave 2”."""


class MethodForm(forms.Form):
    """A method, the weight of each profile, and the reason; `choice` once valid."""

    method = forms.ChoiceField(
        label=_("Several answers become one by"),
        choices=Reconciliation.Method,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why this choice"),
        help_text=_("Kept with your name and the date, and read with the results."),
        max_length=300,
    )

    def __init__(
        self, *args, definition: Definition, language: str, current: Choice, **kwargs
    ) -> None:
        kwargs.setdefault("initial", {})["method"] = current.method
        super().__init__(*args, **kwargs)
        question = definition.with_role("profile")
        options = question.options if question else ()
        self.weights = {f"weight_{one.code}": one.code for one in options}
        for one in options:
            self.fields[f"weight_{one.code}"] = forms.FloatField(
                label=one.text.in_language(language),
                min_value=0,
                max_value=MOST,
                required=False,
                initial=current.weights.get(one.code, 1),
                widget=forms.NumberInput(attrs={"step": "0.5"}),
            )
        self.order_fields(["method", *self.weights, "reason"])

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("method") == "weighted" and not any(self._weights().values()):
            raise forms.ValidationError(
                _("Give at least one profile a weight above zero.")
            )
        return given

    def _weights(self) -> dict[str, float]:
        given = self.cleaned_data
        found = {code: given.get(name) for name, code in self.weights.items()}
        return {code: 1.0 if w is None else float(w) for code, w in found.items()}

    @property
    def choice(self) -> Choice:
        method = METHODS[self.cleaned_data["method"]]
        return Choice(method, self._weights() if method == "weighted" else {})


class AgreementForm(forms.Form):
    """Who speaks for the institution, by function, and how it decided."""

    function = forms.CharField(
        label=_("Your job title or elected office"),
        help_text=_("For example: head of services, vice-president. Not your name."),
        max_length=160,
    )
    statement = forms.CharField(
        label=_("How the institution decided"),
        help_text=_("For example: board meeting of 12 May."),
        max_length=200,
    )

    @property
    def said(self) -> tuple[str, str]:
        return self.cleaned_data["function"], self.cleaned_data["statement"]


class ValidationForm(forms.Form):
    """A validation that reached the team by other ways than the link of the EPCI."""

    territory = forms.ModelChoiceField(
        label=_("EPCI that validated its answer"),
        queryset=Territory.objects.none(),
        empty_label=_("Choose…"),
    )
    statement = forms.CharField(
        label=_("Who validated, and how"),
        help_text=_("For example: vice-president, by e-mail of 12 May."),
        max_length=200,
    )
    has_changed_its_mind = forms.BooleanField(
        label=_("It had said no by its own link, and has changed its mind since"),
        required=False,
    )

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.refusals = refusals(campaign)
        # Asked only of the EPCI that it concerns, once it is chosen.
        if self.data.get("territory") not in self.refusals:
            del self.fields["has_changed_its_mind"]
        answered = campaign.responses.submitted().values("territory")
        validated = campaign.validations.values("territory")
        waiting = Territory.objects.filter(pk__in=answered).exclude(pk__in=validated)
        field = self.fields["territory"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = waiting.order_by("name")

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        place = given.get("territory")
        refusal = self.refusals.get(place.pk) if isinstance(place, Territory) else None
        if refusal and not given.get("has_changed_its_mind"):
            message = _(
                "This EPCI said no by its own link on %(day)s. If it has changed its "
                "mind since, tick the box below: your name is kept beside its refusal."
            )
            day = date_format(refusal.decided_at, "j F Y")
            self.add_error("territory", message % {"day": day})
        return given


class AskForm(forms.Form):
    """An EPCI that answered, and the address of its institution."""

    territory = forms.ModelChoiceField(
        label=_("EPCI"),
        queryset=Territory.objects.none(),
        empty_label=_("Choose…"),
    )
    email = forms.EmailField(
        label=_("Address of the institution"),
        help_text=_("The mail holds a link that opens its sheet, without account."),
    )

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        answered = campaign.responses.submitted().values("territory")
        field = self.fields["territory"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Territory.objects.filter(pk__in=answered).order_by("name")


def title_of_next(campaign: Campaign) -> str:
    """The title of a wave with the number of the one that follows it."""
    number, before = 2, campaign.follows
    while before is not None:
        number, before = number + 1, before.follows
    end = gettext(" – wave %(number)d") % {"number": number}
    own = re.sub(OWN_WAVE, "", campaign.title)
    return own[: LONGEST_TITLE - len(end)] + end


class WaveForm(forms.Form):
    """The title and the days of a new wave, and what its drafts begin with."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    title = forms.CharField(
        label=_("Title"),
        help_text=_("Readers meet both waves: the titles must tell them apart."),
        max_length=LONGEST_TITLE,
    )
    opens_on = forms.DateField(label=_("Opens on"), widget=Day)
    closes_on = forms.DateField(label=_("Closes on"), widget=Day)
    is_prefilled = forms.BooleanField(
        label=_("Begin with the sheet that the institution validated"),
        help_text=_(
            "Only for the elected members and the staff of the EPCI, invited by a "
            "link of their own; everyone else begins with a blank form."
        ),
        required=False,
    )

    def __init__(self, *args, campaign: Campaign, sheet_count: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.initial["title"] = title_of_next(campaign)
        if not sheet_count:
            del self.fields["is_prefilled"]

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        others = Campaign.objects.filter(space=self.campaign.space_id)
        taken = others.values_list("title", flat=True)
        if title.casefold() in {one.casefold() for one in taken}:
            message = _(
                "Another survey bears this title: say which wave it is, for example "
                "“%(title)s”."
            )
            example = title_of_next(self.campaign)
            raise forms.ValidationError(message, params={"title": example})
        return title

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        given.setdefault("is_prefilled", False)
        opens, closes = given.get("opens_on"), given.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day comes before the first."))
        elif closes and closes < timezone.localdate():
            self.add_error("closes_on", _("Choose today or a later day."))
        elif closes and closes > timezone.localdate() + LONGEST:
            self.add_error("closes_on", _("Choose a day within the next five years."))
        return given
