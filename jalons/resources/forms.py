from __future__ import annotations

from functools import reduce
from operator import or_

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.accounts.open_forms import OpenForm
from jalons.analysis.matching import LIKELY
from jalons.directory import cells
from jalons.directory.cells import Notes
from jalons.directory.texts import paragraphs, plain
from jalons.directory.vocabulary import read_vocabulary
from jalons.library.definitions import Content, read_tags
from jalons.library.writing_forms import SectionsForm
from jalons.resources import places
from jalons.resources.models import Proposal, Resource
from jalons.resources.operations import Given
from jalons.search.words import words_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory

FILES = (".pdf", ".odt", ".odp", ".ods", ".docx", ".pptx", ".xlsx", ".png", ".jpg")
MAX_BYTES = 5 * 1024 * 1024
CORSICA = ("2A", "2B")


def commune_named(name: str, postcode: str) -> Territory | None:
    """The commune of this name, or of this INSEE code, in a postal département."""
    communes = Territory.objects.communes().current()
    by_code = communes.filter(pk=name.strip().upper()).first()
    if by_code:
        return by_code
    start = postcode[:3] if postcode.startswith("97") else postcode[:2]
    starts = CORSICA if start == "20" else (start,)
    around = reduce(or_, (Q(pk__startswith=one) for one in starts))
    wanted = words_of(name)
    found = [one for one in communes.filter(around) if words_of(one.name) == wanted]
    return found[0] if len(found) == 1 else None


class ProposalForm(OpenForm):
    """What somebody proposes, without an account; `site` is left empty by people."""

    postcode = forms.CharField(
        label=_("Postal code"), max_length=len("24 000"), widget=forms.TextInput
    )
    locality = forms.CharField(label=_("Commune"), max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail, if you wish to be told"),
        help_text=_("Shown to nobody; erased after six months at most."),
        required=False,
    )

    def clean_postcode(self) -> str:
        text: str = self.cleaned_data["postcode"].replace(" ", "")
        if not (text.isdigit() and len(text) == 5):
            raise ValidationError(_("A postal code has five figures: 24000."))
        return text

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        if "postcode" in said and "locality" in said:
            commune = commune_named(str(said["locality"]), str(said["postcode"]))
            if commune is None:
                message = _(
                    "No commune of this name has this postal code: check both, or "
                    "write its INSEE code instead of its name."
                )
                self.add_error("locality", message)
            self.commune = commune
        return said


class PlaceProposalForm(ProposalForm):
    name = forms.CharField(label=_("Name of the place"), max_length=250)
    address = forms.CharField(
        label=_("Number and street"), max_length=250, required=False
    )
    kinds = forms.ChoiceField(label=_("Kind of place"), required=False)
    services = forms.MultipleChoiceField(
        label=_("Help given"), widget=forms.CheckboxSelectMultiple
    )
    opening = forms.CharField(
        label=_("Opening hours"),
        help_text=_("As you would say them: Monday to Friday, 9 to 12."),
        max_length=500,
        required=False,
    )
    phone = forms.CharField(
        label=_("Telephone of the place"), max_length=20, required=False
    )
    mailbox = forms.EmailField(label=_("E-mail of the place"), required=False)
    website = forms.URLField(
        label=_("Site"), max_length=500, assume_scheme="https", required=False
    )
    summary = forms.CharField(
        label=_("In a few words"),
        help_text=_("What one finds there. Nothing about a person."),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        required=False,
    )
    is_new = forms.BooleanField(
        label=_("It is none of these places."),
        widget=forms.HiddenInput,
        required=False,
    )
    field_order = (
        *("name", "kinds", "address", "postcode", "locality", "services", "opening"),
        *("phone", "mailbox", "website", "summary", "is_new", "email", "site"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = read_vocabulary()
        kinds, services = self.fields["kinds"], self.fields["services"]
        assert isinstance(kinds, forms.ChoiceField)
        assert isinstance(services, forms.MultipleChoiceField)
        kinds.choices = [("", gettext("I do not know")), *known.offered_kinds()]
        services.choices = known.choices("services")
        self.order_fields(self.field_order)

    def clean_name(self) -> str:
        name = plain(self.cleaned_data["name"])
        if not words_of(name):
            raise ValidationError(_("There is no letter in this name: write it."))
        return name

    def clean_address(self) -> str:
        return plain(self.cleaned_data["address"])

    def clean_opening(self) -> str:
        return plain(self.cleaned_data["opening"])

    def clean_summary(self) -> str:
        return paragraphs(self.cleaned_data["summary"])

    def clean_phone(self) -> str:
        notes = Notes()
        number = cells.phone({"telephone": self.cleaned_data["phone"]}, notes)
        if notes.unread:
            raise ValidationError(notes.remarks[0][1])
        if cells.is_mobile(number):
            message = _("A mobile number is a person’s: it is not published here.")
            raise ValidationError(message)
        return number

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if not self.errors and not said.get("is_new") and self.twins:
            self.fields["is_new"].widget = forms.CheckboxInput()
            message = _("Is it one of the places above? If not, tick the box.")
            self.add_error("is_new", message)
        return said

    @cached_property
    def twins(self) -> list[places.Twin]:
        """Places that are there already and look like it."""
        commune = getattr(self, "commune", None)
        if commune is None or "name" not in self.cleaned_data:
            return []
        found = places.twins_of(self.cleaned_data, commune)
        return [one for one in found if one.likeness.score >= LIKELY]

    @property
    def given(self) -> Given:
        said = self.cleaned_data
        assert self.commune is not None
        names = (
            *("name", "address", "postcode", "services", "opening", "phone"),
            *("mailbox", "website", "summary"),
        )
        content = {name: said[name] for name in names}
        content["kinds"] = [said["kinds"]] if said["kinds"] else []
        return Given(
            kind=Proposal.Kind.PLACE,
            title=said["name"],
            commune=self.commune,
            content=content,
            email=said["email"],
            same=(said["name"], said["address"], self.commune.pk),
        )


class ResourceFields(forms.Form):
    """What describes a resource, whoever gives it."""

    title = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind of resource"), choices=Resource.Kind.choices)
    summary = forms.CharField(
        label=_("In a few words"),
        help_text=_("For whom, to do what. Nothing about a person."),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
    )
    url = forms.URLField(
        label=_("Its address on the web"),
        max_length=500,
        assume_scheme="https",
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file, of 5 MB at most"),
        widget=forms.FileInput(attrs={"accept": ",".join(FILES)}),
        required=False,
    )
    made_by = forms.CharField(
        label=_("Who made it"),
        help_text=_("The body that signs it."),
        max_length=160,
    )
    licence = forms.ChoiceField(
        label=_("Licence"), choices=Resource.Licence.choices, required=False
    )
    themes = forms.MultipleChoiceField(
        label=_("What kind of help is it about?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        themes = self.fields["themes"]
        assert isinstance(themes, forms.MultipleChoiceField)
        themes.choices = read_vocabulary().choices("services")

    def clean_title(self) -> str:
        return plain(self.cleaned_data["title"])

    def clean_made_by(self) -> str:
        return plain(self.cleaned_data["made_by"])

    def clean_summary(self) -> str:
        return paragraphs(self.cleaned_data["summary"])

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("url") and not said.get("file"):
            self.add_error("url", _("Give its address, or a file: one of both."))
        return said

    @property
    def described(self) -> dict[str, object]:
        names = ("title", "summary", "url", "kind", "licence", "themes", "made_by")
        return {name: self.cleaned_data[name] for name in names}


class ResourceProposalForm(ResourceFields, ProposalForm):
    field_order = (
        *("title", "kind", "summary", "url", "file", "made_by", "licence", "themes"),
        *("postcode", "locality", "email", "site"),
    )

    def given(self) -> Given:
        """Without its file, which is kept once the rest is known to be good."""
        said = self.cleaned_data
        assert self.commune is not None
        return Given(
            kind=Proposal.Kind.RESOURCE,
            title=said["title"],
            commune=self.commune,
            content=self.described,
            email=said["email"],
            same=(said["url"] or said["title"], self.commune.pk),
        )


class InitiativeProposalForm(SectionsForm, ProposalForm):
    """What somebody did, or saw done: the centre reads it, nothing else is needed."""

    tags = forms.MultipleChoiceField(
        label=_("What is it about?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = (
        *("title", "summary", *SectionsForm.sections, "tags"),
        *("postcode", "locality", "email", "site"),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        tags = self.fields["tags"]
        assert isinstance(tags, forms.MultipleChoiceField)
        tags.choices = read_tags().choices("stake")
        self.order_fields(self.field_order)

    def given(self) -> Given:
        said = self.cleaned_data
        assert self.commune is not None
        content = Content(
            title=said["title"],
            summary=said["summary"],
            sections=self.told,
            tags=["step:5", *said["tags"]],
            territory=self.commune.pk,
        )
        return Given(
            kind=Proposal.Kind.INITIATIVE,
            title=said["title"],
            commune=self.commune,
            content=content.stored(),
            email=said["email"],
            same=(said["title"], self.commune.pk),
        )


class OwnResourceForm(ResourceFields):
    """A resource that a team adds itself."""

    field_order = (
        *("title", "kind", "summary", "url", "file", "made_by", "licence", "themes"),
    )


class TeamField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Space) -> str:
        return f"{obj.name} · {obj.territory.name}"


class PassOnForm(forms.Form):
    team = TeamField(
        label=_("Which team should read it?"),
        queryset=Space.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, teams: QuerySet[Space], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, TeamField)
        team.queryset = teams


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Sent to its author, when they left an address and confirmed it."),
        widget=forms.Textarea({"rows": 3}),
        max_length=600,
    )

    def clean_reason(self) -> str:
        return paragraphs(self.cleaned_data["reason"])


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("What do you need to know?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=600,
    )

    def clean_question(self) -> str:
        return paragraphs(self.cleaned_data["question"])


class CompleteForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea({"rows": 4}), max_length=2000
    )

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])


class FindForm(forms.Form):
    """The filters of the resources; each stands in the address."""

    mots = forms.CharField(label=_("Words"), required=False, max_length=100)
    genre = forms.ChoiceField(label=_("Kind"), required=False)
    theme = forms.ChoiceField(label=_("Help"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.value, one.label) for one in Resource.Kind]
        choices = (("genre", kinds), ("theme", read_vocabulary().choices("services")))
        for name, values in choices:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("All")), *values]

    def asked(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))
