from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jalons.accounts.open_forms import OpenForm
from jalons.analysis.opening import read_hours
from jalons.curation.models import PlaceReport, SavedColumns
from jalons.curation.operations import SUFFIXES, Given
from jalons.curation.values import LEFT_OUT, Asked, label_of
from jalons.directory import cells
from jalons.directory.cells import Notes
from jalons.directory.guessing import LIKELY, SURE, Proposal
from jalons.directory.mapping import Format
from jalons.directory.models import Place
from jalons.directory.operations import SERVICES
from jalons.directory.vocabulary import read_vocabulary
from jalons.directory.words import opening_said
from jalons.files.operations import RefusedUpload, check_upload
from jalons.spaces.models import Space

# Shown apart from the others: a proposal is accepted by somebody, never by itself.
LEVELS = {SURE: _("almost certain"), LIKELY: _("likely")}


class GiveForm(forms.Form):
    """A file of places, the name of its list, and how to take it."""

    file = forms.FileField(
        label=_("File of places"),
        help_text=_(
            "CSV, XLSX, ODS or JSON: the national schema, France Services, "
            "Conseillers numériques, data·inclusion, or any table."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    services = forms.FileField(
        label=_("Services of data·inclusion, if the file holds its structures"),
        required=False,
    )
    list_name = forms.CharField(
        label=_("Name of the list"),
        max_length=120,
        help_text=_(
            "The name of a list of yours brings it up to date; another name makes a "
            "new one. It is shown to everybody."
        ),
    )
    licence = forms.CharField(
        label=_("Licence, as its producer states it"), max_length=120, required=False
    )
    is_whole = forms.BooleanField(
        label=_("This file is the whole list: places it no longer holds have left it"),
        required=False,
    )
    makes_ids = forms.BooleanField(
        label=_("The list has no identifiers: make them from name and address"),
        required=False,
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Told at the same time as what is missing in the other fields."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            check_upload(upload, SUFFIXES)
        except RefusedUpload as refused:
            raise ValidationError(str(refused)) from refused
        return upload

    @property
    def given(self) -> Given:
        said = self.cleaned_data
        return Given(
            said["list_name"], said["licence"], said["is_whole"], said["makes_ids"]
        )


class ColumnsForm(forms.Form):
    """What each column of a table is: proposed beside it, chosen by somebody."""

    separator = forms.CharField(
        label=_("Between several values of one cell, there is"),
        max_length=5,
        strip=False,
        required=False,
        help_text=_("For example a slash or a comma; nothing for one value a cell."),
    )
    title = forms.CharField(
        label=_("Keep these columns under a name, for the next file"),
        max_length=160,
        required=False,
    )

    def __init__(self, *args, proposals: list[Proposal], **kwargs):
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        columns = read_vocabulary().schema.columns
        choices = [("", _("Not read")), *((one, one) for one in columns)]
        for number, one in enumerate(proposals):
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=one.name,
                choices=choices,
                required=False,
                help_text=self._help(one),
            )
        self.order_fields([*(name for name in self.fields if name[0] == "c")])

    @staticmethod
    def _help(one: Proposal) -> str:
        said = []
        if one.level:
            said.append(
                _("Proposal: %(column)s (%(level)s).")
                % {"column": one.column, "level": LEVELS[one.level]}
            )
        if one.example:
            said.append(_("For example: %(text)s") % {"text": one.example[:80]})
        return " ".join(map(str, said))

    @cached_property
    def sure(self) -> dict[str, str]:
        """The proposals that are almost certain, by field."""
        return {
            f"c{number}": one.column
            for number, one in enumerate(self.proposals)
            if one.level == SURE
        }

    def clean(self):
        cleaned = super().clean()
        chosen = [value for name, value in cleaned.items() if name[0] == "c" and value]
        for column in ("nom", "commune"):
            if column not in chosen:
                message = _("Say which column is “%(column)s”: a place needs it.")
                self.add_error(None, message % {"column": column})
        for column in {one for one in chosen if chosen.count(one) > 1}:
            message = _("Two columns are “%(column)s”: keep only one.")
            self.add_error(None, message % {"column": column})
        return cleaned

    def mapping(self, name: str) -> Format:
        """The mapping chosen, as its file would state it."""
        said = self.cleaned_data
        columns = {
            said[f"c{number}"]: one.name
            for number, one in enumerate(self.proposals)
            if said.get(f"c{number}")
        }
        return Format.model_validate(
            {
                "id": "columns",
                "title": name,
                "columns": columns,
                "separator": said["separator"].strip() or said["separator"],
            }
        )


class ValuesForm(forms.Form):
    """What unknown values mean: proposed beside each, chosen by somebody."""

    title = forms.CharField(
        label=_("Keep columns and values under a name, for the next file"),
        max_length=160,
        required=False,
    )

    def __init__(self, *args, asked: list[Asked], keeps: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = {f"v{number}": one for number, one in enumerate(asked)}
        first = [
            ("", _("Left as it is written: shown, not searched")),
            (LEFT_OUT, _("Left out: it says nothing")),
        ]
        for name, one in self.asked.items():
            self.fields[name] = forms.ChoiceField(
                label=one.text,
                choices=[*first, *read_vocabulary().choices(one.column)],
                required=False,
                initial=one.said,
                help_text=self._help(one),
            )
        if not keeps:
            del self.fields["title"]

    @staticmethod
    def _help(one: Asked) -> str:
        said = []
        if one.rows:
            rows = ngettext("%(n)d row.", "%(n)d rows.", one.rows)
            said.append(rows % {"n": one.rows})
        if one.level:
            term = read_vocabulary().terms[one.column][one.code]
            message = _("Proposal: %(column)s (%(level)s).")
            said.append(message % {"column": term, "level": LEVELS[one.level]})
        return " ".join(map(str, said))

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each column."""
        found: dict[str, list[forms.BoundField]] = {}
        for name, one in self.asked.items():
            found.setdefault(one.column, []).append(self[name])
        return list(found.items())

    @cached_property
    def sure(self) -> dict[str, str]:
        """The proposals that are almost certain and that nothing was said of."""
        return {
            name: one.code
            for name, one in self.asked.items()
            if one.level == SURE and not one.said
        }

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What was chosen, by column, in the words of the schema."""
        found: dict[str, dict[str, str]] = {}
        for name, one in self.asked.items():
            if code := self.cleaned_data[name]:
                said = found.setdefault(one.column, {})
                said[one.text] = label_of(one.column, code)
        return found


class SavedForm(forms.Form):
    """Columns kept from a former file."""

    def __init__(self, *args, space: Space, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = SavedColumns.objects.filter(space=space).order_by("title")
        self.fields["saved"] = forms.ModelChoiceField(
            label=_("Columns kept by your team"), queryset=self.kept
        )


class CorrectForm(forms.ModelForm):
    """What a team corrects of a place."""

    services = forms.MultipleChoiceField(
        label=_("Help given"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Place
        fields = ("name", "address", "address_more", "phone", "opening", "summary")
        help_texts = {
            "opening": _(
                "As OpenStreetMap writes them, for example Mo-Fr 09:00-12:00; another "
                "text is shown as it is, and left out of a search by hour."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = read_vocabulary().choices(SERVICES)
        written = self.instance.opening
        if (said := opening_said(written, self.instance.zone)) != written:
            hint = self.fields["opening"].help_text
            self.fields["opening"].help_text = _(
                "%(hint)s The hours written now are read: %(hours)s."
            ) % {"hint": hint, "hours": said}
        if self.instance.pk and not self.is_bound:
            said = [one.kind for one in self.instance.services.all()]
            self.initial["services"] = said

    def clean_phone(self):
        notes = Notes()
        number = cells.phone({"telephone": self.cleaned_data["phone"]}, notes)
        if notes.unread:
            raise forms.ValidationError(notes.remarks[0][1])
        if cells.is_mobile(number):
            message = _("A mobile number is a person’s: it is not published here.")
            raise forms.ValidationError(message)
        return number

    def clean_name(self):
        return self._plain("name")

    def clean_address(self):
        return self._plain("address")

    def _plain(self, name: str) -> str:
        try:
            return cells.line_of_text({name: self.cleaned_data[name]}, name)
        except cells.BadRow as error:
            raise forms.ValidationError(error.reason) from error

    @property
    def hours_are_read(self) -> bool:
        text = self.cleaned_data["opening"]
        return not text or read_hours(text) is not None


class ReportForm(OpenForm, forms.ModelForm):
    """What a reader says is wrong; the last field is left empty by people."""

    class Meta:
        model = PlaceReport
        fields = ("kind", "text", "email")
        help_texts = {
            "text": _("Write nothing about a person’s situation."),
            "email": _("Kept six months at most, shown to the team of the list only."),
        }
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea({"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = PlaceReport.Kind.choices
