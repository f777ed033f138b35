from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jalons.accounts.forms import plain_name
from jalons.accounts.open_forms import OpenForm
from jalons.directory.texts import paragraphs, plain
from jalons.reception.models import Choice, Interest, InterestContact
from jalons.reception.operations import NotFollowed, followed
from jalons.search.figures import Hit, find
from jalons.search.words import words_of
from jalons.territories.models import Territory

PLACES = (Territory.Kind.COMMUNE.value, Territory.Kind.EPCI.value)
MOST_OFFERED = 8
NOT_FOLLOWED = _(
    "No resource centre answers for this territory on this site yet. What the site "
    "offers is open to you all the same: the library, the agenda, the portrait."
)


class InterestForm(OpenForm):
    """What interests somebody; the last field is left empty by people.

    A name that several territories bear is asked again, as a list to choose from.
    """

    place = forms.CharField(
        label=_("Your commune or your group of communes (EPCI)"),
        help_text=_("Its name. For example: Sarlat, Grand Périgueux."),
        max_length=80,
    )
    which = forms.ChoiceField(
        label=_("Which one?"), widget=forms.RadioSelect, required=False
    )
    choices = forms.MultipleChoiceField(
        label=_("What would you like?"),
        choices=[(one.value, one.label) for one in Choice],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick one thing at least.")},
    )
    structure = forms.CharField(label=_("Your organisation"), max_length=120)
    function = forms.CharField(
        label=_("Your job title or elected office"),
        help_text=_("For example: mayor, director, mediator."),
        max_length=120,
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("A link comes to it, to confirm."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Nothing about somebody else’s situation."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        required=False,
    )

    territory: Territory | None = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        hits = _named(str(self.data.get("place") or "")) if self.is_bound else []
        which = self.fields["which"]
        assert isinstance(which, forms.ChoiceField)
        which.choices = [(one.ref, f"{one.title} · {one.subtitle}") for one in hits]
        if len(hits) < 2:
            which.widget = forms.HiddenInput()

    def clean_structure(self) -> str:
        return _one_line(self.cleaned_data["structure"])

    def clean_function(self) -> str:
        return _one_line(self.cleaned_data["function"])

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])

    def clean_message(self) -> str:
        return paragraphs(self.cleaned_data["message"])

    def clean(self) -> None:
        super().clean()
        if self.errors.keys() & {"place", "which"}:
            return
        choices = self.fields["which"].choices  # type: ignore[attr-defined]
        codes = [code for code, _words in choices]
        code = self.cleaned_data.get("which") or (codes[0] if len(codes) == 1 else "")
        if not codes:
            message = _(
                "No commune or group of communes (EPCI) of this name: check how "
                "it is written."
            )
            self.add_error("place", message)
        elif not code:
            self.add_error(
                "which", _("Several have this name or one like it: choose yours.")
            )
        else:
            self._follow(code)

    def _follow(self, code: str) -> None:
        self.territory = Territory.objects.get(code=code)
        try:
            followed(self.territory)
        except NotFollowed:
            self.add_error("place", NOT_FOLLOWED)

    @property
    def told(self) -> tuple[Interest, InterestContact]:
        said = self.cleaned_data
        interest = Interest(
            territory=self.territory,
            structure=said["structure"],
            function=said["function"],
            language=get_language() or "fr",
            **dict.fromkeys(said["choices"], True),
        )
        contact = InterestContact(
            name=said["name"], email=said["email"], message=said["message"]
        )
        return interest, contact


class ShowForm(forms.Form):
    """What a centre looks at; what is not understood filters nothing."""

    voir = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("To be answered")), ("tous", _("All"))],
        required=False,
    )
    choix = forms.ChoiceField(
        label=_("What is wished"),
        choices=[("", _("All wishes")), *Choice.choices],
        required=False,
    )

    @property
    def asked(self) -> tuple[bool, str]:
        self.is_valid()
        said = self.cleaned_data
        return said.get("voir") == "tous", said.get("choix") or ""


def _named(text: str) -> list[Hit]:
    """The territories that bear this name exactly, else those that resemble it."""
    hits = list(find(text, kinds=PLACES, limit=MOST_OFFERED))
    exact = [
        one
        for one in hits
        if one.ref == text.strip() or words_of(one.title) == words_of(text)
    ]
    return exact or hits


def _one_line(text: str) -> str:
    """A name travels to strangers: one line, no markup, no address to advertise."""
    found = plain(text)
    plain_name(found)
    return found
