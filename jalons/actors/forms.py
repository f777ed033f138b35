from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.actors.models import Actor, PublicTable, key_of
from jalons.actors.vocabulary import choices, read_vocabulary
from jalons.directory.cells import TAG
from jalons.files.operations import TABLES
from jalons.spaces.models import Space
from jalons.territories.models import Territory
from jalons.territories.naming import Ambiguous, Places, UnknownPlace, named


class CommuneField(forms.CharField):
    """A commune written by a person: its name when only one here bears it, or its code.

    `around` is the territory whose communes are known by name.
    """

    around: Territory | None = None

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("label", _("Commune"))
        kwargs.setdefault("help_text", _("Its name, or its INSEE code."))
        super().__init__(*args, **kwargs)

    def clean(self, value: str) -> Territory | None:
        text = super().clean(value)
        if not text:
            return None
        assert self.around is not None
        try:
            code = Places(self.around).code_of(text)
        except UnknownPlace:
            message = _("No commune here has this code or name: check its spelling.")
            raise ValidationError(message) from None
        except Ambiguous as error:
            message = _("Several territories have this name: write one of %(codes)s.")
            codes = {"codes": ", ".join(error.codes)}
            raise ValidationError(message, params=codes) from None
        found = Territory.objects.communes().filter(pk=code).first()
        if found is None:
            raise ValidationError(
                _("This is not a commune: write its name or its INSEE code.")
            )
        return found


class ActorForm(forms.ModelForm):
    place = CommuneField(required=False)
    website = forms.URLField(
        label=_("Address of its site"),
        assume_scheme="https",
        max_length=500,
        required=False,
    )

    class Meta:
        model = Actor
        fields = (
            *("name", "family", "college", "does", "place", "website", "source"),
            "is_withheld",
        )
        labels = {
            "name": _("Name"),
            "is_withheld": _("Keep it out of the directory that everybody reads."),
            "source": _("How do you know it?"),
        }
        help_texts = {
            "name": _("That of the body or of the group, never that of a person."),
            "does": _("In one sentence. No name, telephone or address of a person."),
            "source": _("For example: met at the workshop of 3 March."),
        }
        widgets = {"does": forms.Textarea({"rows": 3})}

    def __init__(self, *args, space: Space, can_publish: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not can_publish:
            del self.fields["is_withheld"]
            if self.instance.pk is None:
                is_open = PublicTable.objects.filter(space=space).exists()
                self.instance.is_withheld = is_open
        known = read_vocabulary()
        self.instance.space = space
        place = self.fields["place"]
        assert isinstance(place, CommuneField)
        place.around = space.territory
        self.fields["family"] = forms.ChoiceField(
            label=_("Family"),
            choices=[("", gettext("Choose a family")), *choices(known.families)],
        )
        self.fields["college"] = forms.ChoiceField(
            label=_("College"),
            help_text=_("Left empty: the one to which its family belongs."),
            choices=[("", gettext("That of its family")), *choices(known.colleges)],
            required=False,
        )
        if commune := self.instance.commune:
            self.initial["place"] = named(commune)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not key_of(name):
            raise ValidationError(_("There is no letter in this name: write it."))
        if TAG.search(name):
            raise ValidationError(
                _("This text holds HTML: remove what is between < and >.")
            )
        return name

    def clean_place(self) -> Territory | None:
        self.instance.commune = self.cleaned_data["place"]
        return self.instance.commune

    def clean_college(self) -> str:
        chosen: str = self.cleaned_data["college"]
        family = read_vocabulary().families.get(self.cleaned_data.get("family", ""))
        return chosen or (family.college if family else "")


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX or ODS, one actor per line, with its name and its family at "
            "least. Nothing is added before you have read what would be."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(TABLES)}),
    )
