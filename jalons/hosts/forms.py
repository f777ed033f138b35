from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jalons.files.logos import SUFFIXES
from jalons.hosts.models import Profile
from jalons.spaces.models import Space

WEB = URLValidator(schemes=["https", "http"])


class ProfileForm(forms.ModelForm):
    """Everything that the host says of itself, in the order in which it is read."""

    contact_email = forms.EmailField(
        label=_("An address that everybody may read"),
        help_text=_("Rather that of a service than that of a person."),
        required=False,
    )
    contact_page = forms.URLField(
        label=_("Or the page where one writes to you"),
        help_text=_("For example: https://www.exemple.fr/contact"),
        required=False,
        assume_scheme="https",
        validators=[WEB],
    )
    contact_agreed = forms.BooleanField(
        label=_("This person agreed that their name is read by everybody"),
        required=False,
    )
    picture = forms.FileField(
        label=_("Your logo"),
        help_text=_(
            "PNG, JPEG or SVG, 5 MB at most. Leave empty to keep the one held."
        ),
        widget=forms.ClearableFileInput({"accept": ",".join(SUFFIXES)}),
        required=False,
    )
    without_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Profile
        fields = (*Profile.TEXTS, "contact_agreed")
        labels = {
            "name": _("Name of your body"),
            "about": _("Who are you, in a few sentences?"),
            "missions": _("Your missions, one a line"),
            "address": _("Postal address and telephone"),
            "contact_function": _("Whom does one write to? Their function"),
            "contact_name": _("Their name, if they agree"),
            "publication_director": _("Who directs the publication?"),
            "hosting": _("Who hosts the machine? Name, address, telephone"),
            "logo_alt": _("Whose logo is it?"),
        }
        help_texts = {
            "contact_function": _("For example: digital inclusion officer."),
            "contact_name": _("It may stay empty: the function is enough."),
            "publication_director": _(
                "The law asks for the name of a person: often whoever presides."
            ),
            "logo_alt": _("Read aloud to those who do not see it: “Région Exemple”."),
        }

    field_order = (
        *("name", "about", "missions", "picture", "logo_alt", "without_logo"),
        *("contact_function", "contact_name", "contact_agreed"),
        *("contact_email", "contact_page", "address"),
        *("publication_director", "hosting"),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("contact_name") and not said.get("contact_agreed"):
            told = _("Tick that this person agreed, or leave the name empty.")
            self.add_error("contact_name", told)
        asked = {"contact_email", "contact_page"}
        given = said.get("contact_email") or said.get("contact_page")
        if not given and not asked & set(self.errors):
            told = _("Give an address or a page: one must be able to write to you.")
            self.add_error("contact_email", told)
        if said.get("picture") and not said.get("logo_alt"):
            self.add_error("logo_alt", _("Say whose logo it is."))
        return said


class HostForm(forms.Form):
    """Which centre answers for the site."""

    space: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=Space.objects.none(),
        label=_("Resource centre"),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, centres: QuerySet[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["space"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = centres
