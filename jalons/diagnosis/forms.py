from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.diagnosis.models import Communication, Diagnosis, Finding, Review, Visit
from jalons.diagnosis.persons import NOT_A_PERSON, refuse_persons
from jalons.search.words import words_of
from jalons.spaces.fields import Day
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import alike, only_begun


def _with_alike(refusal: str, given: str, among: Iterable[Territory]) -> str:
    """A refusal, and the names that were perhaps meant."""
    some = ", ".join(dict.fromkeys(one.name for one in alike(given, among)))
    if not some:
        return refusal
    return f"{refusal} {gettext('Did you mean: %(some)s?') % {'some': some}}"


class StartForm(forms.Form):
    """A territory by its name or its code: that of the space or one inside it."""

    territory = forms.CharField(
        label=_("Territory, by its name or its code"),
        max_length=200,
        help_text=_("The space’s own territory, or one inside it."),
    )

    def __init__(
        self, *args: object, space: Space, asked: str = "", **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.space = space
        known = Territory.objects.filter(pk=asked).first() or space.territory
        self.initial["territory"] = known.name

    def clean_territory(self) -> Territory:
        given, own = self.cleaned_data["territory"].strip(), self.space.territory
        every = {one.pk: one for one in (own, *Territory.objects.within(own))}
        if given in every:
            return every[given]
        name = words_of(given)
        named = [one for one in every.values() if words_of(one.name) == name]
        if len(named) == 1:
            return named[0]
        if not named and (only := only_begun(given, every.values())):
            return only
        if named:
            message = _("Several territories have this name: %(some)s. Write the code.")
            some = gettext("; ").join(f"{one.name} ({one.pk})" for one in named)
            raise ValidationError(message, params={"some": some})
        refusal = gettext("No territory of %(name)s has this name or this code.")
        refusal %= {"name": own.name}
        raise ValidationError(_with_alike(refusal, given, every.values()))


class ReviewForm(forms.ModelForm):
    """What the field makes of a finding; an empty wording keeps the sentence."""

    class Meta:
        model = Review
        fields = ("state", "wording", "comment")
        widgets = {
            "state": forms.RadioSelect,
            "wording": forms.Textarea({"rows": 3}),
            "comment": forms.Textarea({"rows": 3}),
        }
        help_texts = {
            "wording": _("In your words. Left empty, the sentence above is kept."),
            "comment": _("A visit, a meeting, a number of yours. No name of a person."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["state"] = forms.ChoiceField(
            label=self.fields["state"].label,
            choices=Review.State.choices,
            widget=forms.RadioSelect,
        )

    def clean(self) -> None:
        super().clean()
        refuse_persons(self, "wording", "comment")


class FindingForm(forms.Form):
    """A finding written by the team."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=Finding.Kind.choices, widget=forms.RadioSelect
    )
    wording = forms.CharField(
        label=_("The finding, in one sentence"),
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )
    comment = forms.CharField(
        label=_("What makes you say so"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> None:
        super().clean()
        refuse_persons(self, "wording", "comment")


def _not_later(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError(_("This day has not come yet: give the day it happened."))
    return day


class VisitForm(forms.ModelForm):
    """A visit; the commune is given by its name or its code."""

    place = forms.CharField(
        label=_("Commune"),
        max_length=200,
        help_text=_("Its name as it is written, or its INSEE code."),
    )
    no_person = forms.BooleanField(
        label=NOT_A_PERSON, required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Visit
        fields = (
            "place",
            "visited_on",
            "roles_met",
            "learnt",
            "findings",
            "no_person",
        )
        widgets = {
            "visited_on": Day(),
            "learnt": forms.Textarea({"rows": 4}),
            "findings": forms.CheckboxSelectMultiple,
        }

    def __init__(
        self,
        *args: object,
        diagnosis: Diagnosis,
        choices: Sequence[tuple[int, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.instance.diagnosis = diagnosis
        if self.instance.pk:
            self.initial["place"] = self.instance.commune.name
        self.fields["findings"].queryset = diagnosis.findings.all()  # type: ignore[attr-defined]
        self.fields["findings"].choices = choices  # type: ignore[attr-defined]

    def clean_place(self) -> str:
        given, territory = self.cleaned_data["place"].strip(), self._territory
        communes = Territory.objects.communes()
        inside = communes.filter(pk=territory.pk) | communes.within(territory)
        wanted = words_of(given)
        found = [
            one for one in inside if one.pk == given or words_of(one.name) == wanted
        ]
        if not found and (only := only_begun(given, inside)):
            found = [only]
        if len(found) == 1:
            self.instance.commune = found[0]
            return given
        if found:
            codes = ", ".join(f"{one.name} ({one.pk})" for one in found)
            raise ValidationError(
                _("Several communes have this name: give the code (%(codes)s)."),
                params={"codes": codes},
            )
        message = gettext(
            "No commune of %(name)s is called “%(given)s”: check the spelling."
        ) % {"name": territory.name, "given": given}
        raise ValidationError(_with_alike(message, given, inside))

    def clean_visited_on(self) -> date:
        return _not_later(self.cleaned_data["visited_on"])

    def clean(self) -> None:
        super().clean()
        communes = Territory.objects.communes().within(self._territory)
        places = [self._territory.name, *communes.values_list("name", flat=True)]
        refuse_persons(self, "roles_met", "learnt", ask="roles_met", places=places)

    @property
    def _territory(self) -> Territory:
        return self.instance.diagnosis.territory


class CommunicationForm(forms.ModelForm):
    class Meta:
        model = Communication
        fields = ("said_on", "channel", "message")
        labels = {"channel": _("Through what?")}
        widgets = {"said_on": Day()}

    def clean_said_on(self) -> date:
        return _not_later(self.cleaned_data["said_on"])
