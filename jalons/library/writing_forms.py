"""The words of a sheet, as a resource centre or somebody without account types them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jalons.files.licences import LicenceField
from jalons.library.definitions import SECTIONS, STANDINGS, Content, read_tags
from jalons.library.figures import FACETS
from jalons.library.forms import LABELS
from jalons.library.models import Sheet
from jalons.library.texts import paragraphs, plain
from jalons.territories.models import Territory
from jalons.territories.naming import WITH_CODE, named

SECTION_LENGTH = 3000
TOLD = ("stake", "problem", "solution", "results", "cost", "duration", "conditions")
"""What an initiative tells, in the order in which it is asked."""
Kind = Sheet.Kind
ASKED: dict[str, tuple[str, ...]] = {
    Kind.INITIATIVE: TOLD,
    Kind.STORY: ("problem", "solution", "results", "conditions"),
    Kind.SCHEME: ("text", "cost", "use", "caution", "today"),
    Kind.FIGURE: ("value", "definition", "population", "caution", "text", "use"),
    Kind.LESSON: ("text", "quote", "use"),
    Kind.ECOSYSTEM: ("text", "use", "caution", "today"),
    Kind.LANDMARK: ("text", "results", "use", "caution"),
    Kind.TOOL: ("solution", "duration", "conditions", "use"),
}
"""The parts asked of each kind of sheet: the others would be left empty."""


class SectionsForm(forms.Form):
    """Title, summary and parts: plain texts, never markup."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(
        label=_("In a few words"),
        help_text=_("What it is, for whom. Nothing about a person."),
        widget=forms.Textarea({"rows": 3}),
        max_length=600,
    )
    sections: Sequence[str] = TOLD
    required: Sequence[str] = ("problem", "solution")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for code in self.sections:
            self.fields[code] = forms.CharField(
                label=SECTIONS[code],
                widget=forms.Textarea({"rows": 3}),
                max_length=SECTION_LENGTH,
                required=code in self.required,
            )

    def clean_title(self) -> str:
        return plain(self.cleaned_data["title"])

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        for code in ("summary", *self.sections):
            if said.get(code):
                try:
                    said[code] = paragraphs(str(said[code]))
                except ValidationError as error:
                    self.add_error(code, error)
        return said

    @property
    def told(self) -> dict[str, str]:
        said = self.cleaned_data
        return {code: said[code] for code in self.sections if said.get(code)}


class SheetForm(SectionsForm):
    """A sheet that a resource centre writes."""

    required = ()
    kind = forms.ChoiceField(label=_("Kind of sheet"), choices=Sheet.Kind.choices)
    tags = forms.MultipleChoiceField(
        label=_("What is it about?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    title_en = forms.CharField(
        label=_("Title in English"), max_length=160, required=False
    )
    summary_en = forms.CharField(
        label=_("Summary in English"),
        widget=forms.Textarea({"rows": 2}),
        max_length=600,
        required=False,
    )
    document = forms.CharField(
        label=_("Source"),
        help_text=_("The document or the body that says it."),
        max_length=300,
        required=False,
    )
    dated = forms.RegexField(
        label=_("Date of the source"),
        help_text=_("2023, 2023-11 or 2023-11-14."),
        regex=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
        required=False,
    )
    link = forms.URLField(
        label=_("Its address on the web"),
        max_length=500,
        assume_scheme="https",
        required=False,
    )
    territory = forms.CharField(
        label=_("Territory"),
        help_text=_("Its code: 243300316. Left empty: none."),
        max_length=120,
        required=False,
    )
    standing = forms.ChoiceField(
        label=_("Where it stands today"), choices=STANDINGS, required=False
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput({"type": "date"}), required=False
    )
    ends_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput({"type": "date"}), required=False
    )
    licence = LicenceField()
    field_order = (
        *("kind", "title", "summary", *SECTIONS, "tags", "territory", "document"),
        *("dated", "link", "standing", "starts_on", "ends_on", "title_en"),
        *("summary_en", "licence"),
    )

    def __init__(
        self, *args, asked: str = "", kept: Collection[str] = (), **kwargs
    ) -> None:
        """`asked` is the kind; parts that were `kept` before are asked as well."""
        known = ASKED.get(asked, tuple(SECTIONS))
        self.sections = [one for one in SECTIONS if one in known or one in kept]
        super().__init__(*args, **kwargs)
        tags = self.fields["tags"]
        assert isinstance(tags, forms.MultipleChoiceField)
        known_tags = read_tags()
        tags.choices = [(LABELS[one], known_tags.choices(one)) for one in FACETS]
        self.order_fields(self.field_order)

    def clean_title_en(self) -> str:
        return plain(self.cleaned_data["title_en"])

    def clean_summary_en(self) -> str:
        return paragraphs(self.cleaned_data["summary_en"])

    def clean_document(self) -> str:
        return plain(self.cleaned_data["document"])

    def clean_territory(self) -> str:
        given: str = self.cleaned_data["territory"].strip()
        shown = WITH_CODE.fullmatch(given)
        code = (shown[2] if shown else given).upper()
        known = Territory.objects.filter(pk=code).first()
        if code and (known is None or (shown and known.name != shown[1])):
            raise ValidationError(_("No territory has this code."))
        return code

    def clean(self) -> dict[str, object]:
        said = super().clean()
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and str(ends) < str(starts):
            self.add_error("ends_on", _("It ends before it begins."))
        return said

    @property
    def content(self) -> Content:
        names = (
            *("title", "title_en", "summary", "summary_en", "tags", "document"),
            *("dated", "link", "territory", "standing", "starts_on", "ends_on"),
            "licence",
        )
        said = {name: self.cleaned_data[name] for name in names}
        return Content(**said, sections=self.told)


def initial_of(sheet: Sheet, content: Content) -> dict[str, object]:
    """What the form of a sheet shows at first."""
    said = content.model_dump()
    if known := Territory.objects.filter(pk=content.territory).first():
        said["territory"] = named(known)
    return {"kind": sheet.kind, **said.pop("sections"), **said}


class WitnessForm(forms.Form):
    """Who may be asked: they are written to, and shown once they agree."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.CharField(label=_("Role"), max_length=160, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("A mail asks them to agree; nothing is shown before."),
    )

    def clean_name(self) -> str:
        return plain(self.cleaned_data["name"])

    def clean_role(self) -> str:
        return plain(self.cleaned_data["role"])
