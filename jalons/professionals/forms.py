from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor, key_of
from jalons.files.operations import TABLES
from jalons.professionals.models import Professional
from jalons.spaces.fields import Day

PHONE = re.compile(r"\+?\d{6,15}")


class CardForm(forms.ModelForm):
    """What the person themselves may correct."""

    class Meta:
        model = Professional
        fields: tuple[str, ...] = ("name", "function", "email", "phone")
        labels = {"name": _("First name and name"), "phone": _("Telephone")}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        others = self.instance.actor.professionals.exclude(pk=self.instance.pk)
        if email and others.filter(email=email).exists():
            raise ValidationError(_("This address is noted for this actor already."))
        return email

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        number = re.sub(r"[\s.()\u00a0-]", "", text)
        if number and not PHONE.fullmatch(number):
            raise ValidationError(_("A telephone number is expected: 05 56 00 00 00."))
        return number

    def clean(self) -> None:
        super().clean()
        given = (self.cleaned_data.get(one) for one in ("email", "phone"))
        if not self.errors and not any(given):
            self.add_error("email", _("Give an address or a telephone: one of both."))
        if not self.errors and self._is_there():
            message = _("This person is noted for this actor already: same telephone.")
            self.add_error("phone", message)

    def _is_there(self) -> bool:
        """Whether somebody of this name and telephone is noted for the actor."""
        name, phone = self.cleaned_data["name"], self.cleaned_data["phone"]
        others = self.instance.actor.professionals.exclude(pk=self.instance.pk)
        same = others.exclude(phone="").filter(phone=phone)
        return any(key_of(one.name) == key_of(name) for one in same)


class ProfessionalForm(CardForm):
    """What a team notes; the person is told by mail when there is an address."""

    class Meta(CardForm.Meta):
        fields = ("name", "function", "email", "phone", "source", "informed_on")
        labels = CardForm.Meta.labels | {
            "source": _("Where does this come from?"),
            "informed_on": _("Already told otherwise on"),
        }
        help_texts = {
            "email": _("Professional. A mail tells the person what you keep, and why."),
            "source": _("For example: given by themselves, or the site of the body."),
            "informed_on": _(
                "For whoever has no address: the day you told them. Otherwise the "
                "contact is erased after a month."
            ),
        }
        widgets = {"informed_on": Day()}

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["informed_on"].required = False
        self.instance.actor, self.instance.space = actor, actor.space


class FileForm(forms.Form):
    """A file of people, read as the page reads one person."""

    file = forms.FileField(
        label=_("File of people (CSV, XLSX or ODS)"),
        widget=forms.FileInput(attrs={"accept": ",".join(TABLES)}),
    )


class PlaceContactForm(forms.Form):
    is_public = forms.BooleanField(
        label=_("I agree that this contact is shown on the public page of the place."),
        required=False,
    )
