from __future__ import annotations

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from jalons.accounts.open_forms import OpenForm
from jalons.actors.leading_forms import ActorField
from jalons.community.figures import Asked
from jalons.community.models import News, Reply
from jalons.directory.models import Place
from jalons.directory.texts import paragraphs, plain
from jalons.directory.vocabulary import read_vocabulary
from jalons.groups.forms import TerritoryField
from jalons.privacy.traces import certain
from jalons.spaces.models import Space
from jalons.territories.models import Territory

SERVICES, PUBLICS = "services", "publics_specifiquement_adresses"
PLACE = re.compile(r"(?:.*/lieux/)?(\d{1,12})/?")
NOBODY = _(
    "Nothing about an inhabitant: neither name, nor address, nor what would let them "
    "be recognised."
)


class CarefulForm(forms.Form):
    """A form that stops once when its texts may tell of a person.

    The words found are shown; whoever wrote them says that they may stay.
    """

    sure = forms.BooleanField(
        label=_("These words tell of no inhabitant: send them as they are."),
        widget=forms.HiddenInput,
        required=False,
    )
    careful: tuple[str, ...] = ("title", "text")

    def clean(self) -> dict[str, object]:
        said = super().clean() or self.cleaned_data
        texts = [str(said.get(name) or "") for name in self.careful]
        words = [word for text in texts for _kind, word in certain(text)]
        if words and not said.get("sure"):
            self.fields["sure"].widget = forms.CheckboxInput()
            self.add_error("sure", _warning(words))
        return said


def _warning(words: Iterable[str]) -> str:
    found = sorted(set(words))
    message = ngettext(
        "This may tell of a person: %(words)s. Remove it, or tick the box.",
        "These may tell of a person: %(words)s. Remove them, or tick the box.",
        len(found),
    )
    return message % {"words": ", ".join(f"“{one}”" for one in found)}


class NewsForm(CarefulForm, forms.ModelForm):
    themes = forms.MultipleChoiceField(
        label=_("What kind of help is it about?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    publics = forms.MultipleChoiceField(
        label=_("Whom does it concern?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    around = TerritoryField(
        label=_("Territory"),
        max_length=200,
        help_text=_("The whole territory, or a commune: its name or its code."),
    )
    actor = ActorField()
    site = forms.CharField(
        label=_("Place concerned"),
        help_text=_("The address of its page in Jalons. Left empty: none."),
        max_length=300,
        required=False,
    )
    to_all = forms.BooleanField(
        label=_("Propose it to everybody: the team reads it before it is public."),
        required=False,
    )

    class Meta:
        model = News
        fields = (
            *("kind", "title", "text", "themes", "publics", "around", "actor"),
            *("site", "to_all", "sure"),
        )
        labels = {"title": _("In one sentence"), "text": _("Tell more")}
        help_texts = {"text": NOBODY}
        widgets = {"text": forms.Textarea({"rows": 6})}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.space = space
        known = read_vocabulary()
        for name, column in (("themes", SERVICES), ("publics", PUBLICS)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = known.choices(column)
        around, actor = self.fields["around"], self.fields["actor"]
        assert isinstance(around, TerritoryField)
        assert isinstance(actor, ActorField)
        around.around = space.territory
        self.initial.setdefault("around", space.territory.name)
        actor.of(space)
        actor.required, actor.label = False, _("You speak for")
        actor.empty_label = gettext("Yourself")
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is it?"), choices=News.Kind.choices, widget=forms.RadioSelect
        )

    def clean_title(self) -> str:
        return plain(self.cleaned_data["title"])

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])

    def clean_around(self) -> Territory:
        self.instance.territory = self.cleaned_data["around"]
        return self.instance.territory

    def clean_site(self) -> str:
        text: str = self.cleaned_data["site"].strip()
        if not text:
            return text
        found = PLACE.fullmatch(text)
        places = Place.objects.open_to_all()
        place = places.filter(pk=int(found[1])).first() if found else None
        if place is None:
            message = _("No place has this page: copy its address, or leave it empty.")
            raise ValidationError(message)
        self.instance.place = place
        return text


class ReplyForm(CarefulForm, forms.ModelForm):
    class Meta:
        model = Reply
        fields = ("text", "sure")
        help_texts = {"text": NOBODY}
        widgets = {"text": forms.Textarea({"rows": 4})}

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])


class FollowForm(CarefulForm, forms.ModelForm):
    """Where a problem stands."""

    careful = ("taken_by", "done")

    class Meta:
        model = News
        fields = ("state", "taken_by", "done", "sure")
        labels = {
            "state": _("Where does it stand?"),
            "taken_by": _("Taken in charge by"),
            "done": _("What was done"),
        }
        help_texts = {"taken_by": _("A body or a function: it is read by the network.")}
        widgets = {"done": forms.Textarea({"rows": 3})}

    def clean_taken_by(self) -> str:
        return plain(self.cleaned_data["taken_by"])

    def clean_done(self) -> str:
        return paragraphs(self.cleaned_data["done"])

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if said.get("state") == News.State.TAKEN and not said.get("taken_by"):
            self.add_error("taken_by", _("Say who takes it in charge."))
        if said.get("state") == News.State.SOLVED and not said.get("done"):
            self.add_error("done", _("Say what was done: others may need it."))
        return said


class KeepForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does it stay in the network?"),
        help_text=_("Read by its author."),
        max_length=300,
    )

    def clean_reason(self) -> str:
        return plain(self.cleaned_data["reason"])


class AbuseForm(OpenForm):
    """The last field is left empty by people."""

    text = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("Write nothing about a person’s situation."),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
    )


class FilterForm(forms.Form):
    """The filters of a list, in the address; an unknown value asks nothing."""

    genre = forms.ChoiceField(label=_("Kind"), required=False)
    etat = forms.ChoiceField(label=_("Where it stands"), required=False)
    theme = forms.ChoiceField(label=_("Help"), required=False)
    public = forms.ChoiceField(label=_("For whom"), required=False)
    territoire = forms.CharField(required=False, max_length=20)
    mots = forms.CharField(label=_("Words"), required=False, max_length=100)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = read_vocabulary()
        choices: dict[str, list[tuple[str, object]]] = {
            "genre": [(one.value, one.label) for one in News.Kind],
            "etat": [(one.value, one.label) for one in News.State],
            "theme": [*known.choices(SERVICES)],
            "public": [*known.choices(PUBLICS)],
        }
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", gettext("All")), *values]

    @property
    def asked(self) -> Asked:
        self.is_valid()
        said = self.cleaned_data
        names = ("genre", "etat", "theme", "public", "territoire", "mots")
        return Asked(*(said.get(name, "") for name in names))
