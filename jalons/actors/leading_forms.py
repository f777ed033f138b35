from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor, Lead, Post
from jalons.spaces.fields import Day
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import Ambiguous, Places, UnknownPlace


class ActorField(forms.ModelChoiceField):
    """One of the actors at work of a space, or the one that the row names already."""

    def __init__(self) -> None:
        super().__init__(
            Actor.objects.none(), label=_("Actor"), empty_label=_("Choose an actor")
        )

    def of(self, space: Space, named: int | None = None) -> None:
        self.queryset = space.actors.offered([named])


class LeadForm(forms.ModelForm):
    place = forms.CharField(
        label=_("Territory"),
        max_length=200,
        help_text=_("The whole territory, or a commune: its name or its code."),
    )
    actor = ActorField()

    class Meta:
        model = Lead
        fields = ("place", "actor", "named_on", "mandate")
        widgets = {"named_on": Day()}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        actor = self.fields["actor"]
        assert isinstance(actor, ActorField)
        actor.of(space, self.instance.actor_id)
        self.initial.setdefault("place", space.territory.name)

    def clean_place(self) -> str:
        text, here = self.cleaned_data["place"], self.instance.space.territory
        try:
            code = Places(here).code_of(text)
        except UnknownPlace:
            raise ValidationError(
                _("No territory has this code or name: write its code.")
            ) from None
        except Ambiguous as error:
            message = _("Several territories have this name: write one of %(codes)s.")
            codes = {"codes": ", ".join(error.codes)}
            raise ValidationError(message, params=codes) from None
        inside = Territory.objects.within(here).filter(pk=code)
        if code != here.pk and not inside.exists():
            raise ValidationError(_("This territory is not in yours."))
        self.instance.territory_id = code
        return text

    def clean_named_on(self) -> date:
        day: date = self.cleaned_data["named_on"]
        if day > timezone.localdate():
            raise ValidationError(
                _("This day has not come yet: give the day it happened.")
            )
        return day


class PostForm(forms.ModelForm):
    actor = ActorField()

    class Meta:
        model = Post
        fields = ("title", "actor", "share", "funded_by", "funding_ends_on")
        widgets = {"funding_ends_on": Day()}
        help_texts = {
            "title": _("For example: digital adviser. Never the name of a person."),
            "share": _("1 for full time, 0.5 for half time."),
            "funding_ends_on": _("Left empty when you do not know: it will be asked."),
        }

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        actor = self.fields["actor"]
        assert isinstance(actor, ActorField)
        actor.of(space, self.instance.actor_id)
        share = self.fields["share"]
        share.localize, share.widget = True, forms.TextInput({"inputmode": "decimal"})

    def clean_share(self) -> Decimal:
        share: Decimal = self.cleaned_data["share"]
        if not 0 < share <= 1:
            raise ValidationError(_("Between 0 and 1: 1 for full time."))
        return share
