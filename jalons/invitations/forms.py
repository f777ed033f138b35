from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jalons.invitations import letters
from jalons.invitations.models import LANGUAGES, Contact, ContactList
from jalons.spaces.fields import Day
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign
from jalons.territories.naming import Ambiguous, Places, UnknownPlace, named

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)


class ListForm(forms.ModelForm):
    class Meta:
        model = ContactList
        fields = ("title", "purpose", "source", "basis", "purge_on")
        widgets = {"purge_on": Day}
        labels = {"purge_on": _("Its people are erased on")}
        help_texts = {
            "purge_on": _(
                "On that day the people of the list are erased by themselves."
            )
        }

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space

    def clean_purge_on(self) -> date:
        day: date = self.cleaned_data["purge_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a day to come: they would be erased now."))
        return day

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        others = self.instance.space.contact_lists.exclude(pk=self.instance.pk)
        if others.filter(title=title).exists():
            raise ValidationError(_("Another list has this name: choose another one."))
        return title


class AddForm(forms.Form):
    """People by hand, pasted, or in a file: one of the two fields."""

    text = forms.CharField(
        label=_("Type or paste, one person per line"),
        help_text=_(
            "Name; address; function; territory (code or name); profile. An address "
            "alone is enough. Lines copied from a spreadsheet are accepted."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=2_000_000,
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=_("Or give a file"),
        help_text=_(
            "CSV, XLSX or ODS. One column must be headed “courriel”; those headed nom, "
            "prénom, fonction, territoire and profil are read too."
        ),
        required=False,
    )

    def clean(self) -> None:
        super().clean()
        text, file = (self.cleaned_data.get(name) for name in ("text", "file"))
        if not self.errors and bool((text or "").strip()) == bool(file):
            self.add_error("text", _("Write lines here, or give a file: one of both."))


class ContactForm(forms.ModelForm):
    place = forms.CharField(
        label=_("Territory"),
        help_text=_("Its code, or its name when only one bears it."),
        required=False,
        max_length=200,
    )

    class Meta:
        model = Contact
        fields = ("email", "name", "function", "place", "profile", "informed_on")
        widgets = {"informed_on": Day}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if territory := self.instance.territory:
            self.initial["place"] = named(territory)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        others = self.instance.contact_list.contacts.exclude(pk=self.instance.pk)
        if others.filter(email=email).exists():
            raise ValidationError(_("This address is already in the list."))
        return email

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"].strip()
        self.instance.territory_id = None
        if place:
            around = self.instance.contact_list.space.territory
            self.instance.territory_id = self._code(Places(around), place)
        return place

    def _code(self, places: Places, place: str) -> str:
        try:
            return places.code_of(place)
        except UnknownPlace:
            raise ValidationError(
                _("No territory has this code or name: write its code.")
            ) from None
        except Ambiguous as error:
            message = _("Several territories have this name: write one of %(codes)s.")
            codes = {"codes": ", ".join(error.codes)}
            raise ValidationError(message, params=codes) from None


class LetterForm(forms.Form):
    """The text of a mail: its braces are known, its link is there."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 16}), max_length=6000
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        help_text=_("Of its date and of the lines we add below your text."),
        choices=LANGUAGES,
    )

    def clean_subject(self) -> str:
        return self._known("subject")

    def clean_body(self) -> str:
        text = self._known("body")
        if "{" + letters.LINK + "}" not in text:
            raise ValidationError(
                _("The personal link is missing: write {lien} where it must stand.")
            )
        return text

    def _known(self, name: str) -> str:
        text: str = self.cleaned_data[name]
        if unknown := letters.unknown_braces(text):
            message = _("These words between braces mean nothing: %(names)s.")
            names = ", ".join("{" + one + "}" for one in unknown)
            raise ValidationError(message, params={"names": names})
        return text


class ListsForm(forms.Form):
    """Which lists a survey writes to."""

    listes = forms.ModelMultipleChoiceField(
        label=_("Lists to write to"),
        queryset=ContactList.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _(
                "Tick at least one list: you will then read who is written to, before "
                "anything is sent."
            )
        },
    )

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["listes"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = campaign.space.contact_lists.order_by("title")


class DeadForm(forms.Form):
    reason = forms.CharField(
        label=_("How you know that this address no longer works"), max_length=200
    )


class EmbeddingForm(forms.Form):
    origins = forms.CharField(
        label=_("Sites that may show the form, one per line"),
        help_text=_("For example: https://www.centre-de-ressources.fr"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )

    def clean_origins(self) -> list[str]:
        lines = self.cleaned_data["origins"].split()
        return list(dict.fromkeys(_origin(line) for line in lines))


def _origin(line: str) -> str:
    """The site of an address, its page left out; nothing that would add a rule."""
    parts = urlsplit(line)
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if not ORIGIN.fullmatch(origin):
        message = _("“%(line)s” is not the address of a site (https://…).")
        raise ValidationError(message, params={"line": line})
    return origin
