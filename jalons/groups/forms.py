from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.actors.leading_forms import ActorField
from jalons.actors.models import key_of
from jalons.directory.texts import plain
from jalons.files.operations import TABLES
from jalons.groups.models import Group, Seat
from jalons.professionals.models import Professional
from jalons.spaces.fields import Day
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import Ambiguous, Places, UnknownPlace, named

NOT_YET = _("This day has not come yet: give the day it happened.")


def past(day: date) -> date:
    if day > timezone.localdate():
        raise ValidationError(NOT_YET)
    return day


class TerritoryField(forms.CharField):
    """The territory of a space, or one that it holds: its name or its code."""

    around: Territory | None = None

    def clean(self, value: str) -> Territory | None:
        text = super().clean(value)
        if not text:
            return None
        assert self.around is not None
        try:
            code = Places(self.around).code_of(text)
        except UnknownPlace:
            message = _("No territory has this code or name: write its code.")
            raise ValidationError(message) from None
        except Ambiguous as error:
            message = _("Several territories have this name: write one of %(codes)s.")
            codes = {"codes": ", ".join(error.codes)}
            raise ValidationError(message, params=codes) from None
        inside = Territory.objects.within(self.around) | Territory.objects.filter(
            pk=self.around.pk
        )
        found = inside.filter(pk=code).first()
        if found is None:
            raise ValidationError(_("This territory is not in yours."))
        return found


class GroupForm(forms.ModelForm):
    place = TerritoryField(
        label=_("Perimeter"),
        max_length=200,
        help_text=_("The whole territory, or a commune: its name or its code."),
    )

    class Meta:
        model = Group
        fields = ("name", "kind", "purpose", "place", "begun_on", "shows")
        labels = {"begun_on": _("Begun on"), "shows": _("What may everybody read?")}
        help_texts = {
            "purpose": _("In two sentences: why it exists, what it decides or does."),
            "shows": _(
                "On a public page. Names, mails and telephones of people are never "
                "shown."
            ),
        }
        widgets = {
            "begun_on": Day(),
            "purpose": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        place = self.fields["place"]
        assert isinstance(place, TerritoryField)
        place.around = space.territory
        is_known = self.instance.territory_id is not None
        shown = named(self.instance.territory) if is_known else space.territory.name
        self.initial.setdefault("place", shown)
        self.fields["shows"] = forms.ChoiceField(
            label=self.Meta.labels["shows"],
            help_text=self.Meta.help_texts["shows"],
            choices=Group.Shows.choices,
            widget=forms.RadioSelect,
            initial=Group.Shows.NOTHING,
        )

    def clean_name(self) -> str:
        name = plain(self.cleaned_data["name"])
        if not key_of(name):
            raise ValidationError(_("There is no letter in this name: write it."))
        return name

    def clean_purpose(self) -> str:
        return plain(self.cleaned_data["purpose"])

    def clean_begun_on(self) -> date:
        return past(self.cleaned_data["begun_on"])

    def clean_place(self) -> Territory:
        self.instance.territory = self.cleaned_data["place"]
        return self.instance.territory


class SeatForm(forms.ModelForm):
    """A member: an organisation, or somebody noted among those who work there."""

    actor = ActorField()

    class Meta:
        model = Seat
        fields = ("actor", "professional", "role", "since", "until")
        labels = {
            "professional": _("Person, when the seat is theirs"),
            "role": _("Role in the group"),
            "since": _("Member since"),
            "until": _("Member until"),
        }
        help_texts = {
            "professional": _(
                "Only people who are noted, and told of it. Left empty: the seat is "
                "that of the organisation."
            ),
            "role": _("For example: chairs it, minutes, funder. Never a name."),
            "until": _("Left empty while they are a member."),
        }
        widgets = {"since": Day(), "until": Day()}

    def __init__(self, *args, group: Group, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.group = group
        actor = self.fields["actor"]
        assert isinstance(actor, ActorField)
        actor.of(group.space)
        if self.instance.pk:
            # One put aside since is still the member that it was.
            at_work = Q(archived_at=None) | Q(pk=self.instance.actor_id)
            actor.queryset = group.space.actors.filter(at_work).order_by("key")
        self.fields["professional"] = PersonField(group.space)

    def clean_role(self) -> str:
        return plain(self.cleaned_data["role"])

    def clean_since(self) -> date:
        return past(self.cleaned_data["since"])

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        person, actor = said.get("professional"), said.get("actor")
        if person and actor and person.actor_id != actor.pk:
            message = _("This person works for %(actor)s: choose that organisation.")
            self.add_error("professional", message % {"actor": person.actor})
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error(
                "until", _("The end is before the beginning: correct one of the two.")
            )


class PersonField(forms.ModelChoiceField):
    """Somebody noted by the team, with the organisation where they work."""

    def __init__(self, space: Space) -> None:
        people = space.professionals.select_related("actor")
        super().__init__(
            people.order_by("actor__key", "name"),
            label=SeatForm.Meta.labels["professional"],
            help_text=SeatForm.Meta.help_texts["professional"],
            empty_label=_("Nobody: the organisation itself"),
            required=False,
        )

    def label_from_instance(self, person: Professional) -> str:
        return f"{person.actor} · {person.name}"


class EndForm(forms.Form):
    on = forms.DateField(label=_("On which day?"), widget=Day())

    def clean_on(self) -> date:
        return past(self.cleaned_data["on"])


class DayForm(forms.Form):
    """On which day one wants to know who was a member."""

    le = forms.DateField(label=_("Members on"), widget=Day(), required=False)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX or ODS, one member per line: organisation, person, role, member "
            "since, member until. Nothing is added before you have read what would be."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(TABLES)}),
    )
