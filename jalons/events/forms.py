from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jalons.accounts.forms import plain_name
from jalons.accounts.open_forms import OpenForm
from jalons.directory.texts import paragraphs, plain
from jalons.events.figures import QUESTIONS, Asked
from jalons.events.models import Event, Rating, Registration
from jalons.meetings.forms import MeetingForm
from jalons.meetings.models import Meeting
from jalons.resources.models import Resource
from jalons.search.words import words_of
from jalons.spaces.models import Space
from jalons.territories.models import Territory

MOST_WORDS = 100
LINK_LENGTH = 500


class OpeningForm(forms.ModelForm):
    """What an event adds to its meeting."""

    online_url = forms.URLField(
        label=_("Link of the video"),
        help_text=_("Shown to those who are registered only."),
        assume_scheme="https",
        max_length=LINK_LENGTH,
        required=False,
    )

    class Meta:
        model = Event
        fields = (
            *("description", "audience", "online_url", "takes_registrations"),
            *("capacity", "takes_questions", "follows"),
        )
        labels = {
            "description": _("What will happen?"),
            "audience": _("For whom?"),
            "takes_registrations": _("People register here"),
            "capacity": _("Number of places"),
            "takes_questions": _("People may ask questions"),
            "follows": _("Is it the next session of another event?"),
        }
        help_texts = {
            "description": _("The programme, who speaks, in which capacity."),
            "audience": _("For example: officers of EPCI, elected members."),
            "capacity": _("Left empty: not limited. Beyond, people wait for a place."),
            "follows": _("Those registered to it may be proposed this one."),
        }
        widgets = {"description": forms.Textarea({"rows": 6})}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        follows = self.fields["follows"]
        assert isinstance(follows, forms.ModelChoiceField)
        known = Event.objects.filter(meeting__space=space).select_related("meeting")
        follows.queryset = known.exclude(pk=self.instance.pk).order_by(
            "-meeting__starts_at"
        )
        follows.empty_label = gettext("No")

    def clean_description(self) -> str:
        return paragraphs(self.cleaned_data["description"])

    def clean_audience(self) -> str:
        return plain(self.cleaned_data["audience"])

    def clean_capacity(self) -> int | None:
        places: int | None = self.cleaned_data["capacity"]
        if places == 0:
            raise ValidationError(_("Give one place at least, or leave it empty."))
        return places


class EventMeetingForm(MeetingForm):
    """The day, the place, the title and who facilitates: those of the meeting."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # How far a prospective workshop looks: nothing to an audience.
        del self.fields["horizon_years"]
        self.fields["purpose"].label = _("In two sentences")
        self.fields["purpose"].help_text = ""
        self.fields["place"].help_text = _("Address, or “online”.")


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why will it not take place?"),
        help_text=_("Those registered read it in a mail, everybody on its page."),
        max_length=300,
    )

    def clean_reason(self) -> str:
        return plain(self.cleaned_data["reason"])


class FollowForm(forms.ModelForm):
    """What is left of an event."""

    replay_url = forms.URLField(
        label=_("Link of the recording"),
        assume_scheme="https",
        max_length=LINK_LENGTH,
        required=False,
    )

    class Meta:
        model = Event
        fields = ("replay_url", "resources")
        labels = {"resources": _("Materials, among the resources of your team")}
        widgets = {"resources": forms.CheckboxSelectMultiple}

    def __init__(self, *args, space: Space, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resources"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = Resource.objects.shown().filter(space=space).order_by("title")
        if not field.queryset:
            field.help_text = gettext("Your team has no resource yet.")


class FindForm(forms.Form):
    """The filters of the agenda; what is not understood filters nothing."""

    mots = forms.CharField(label=_("Words"), max_length=MOST_WORDS, required=False)
    genre = forms.ChoiceField(label=_("Kind"), required=False)
    quand = forms.ChoiceField(
        label=_("When"),
        choices=[("", _("To come")), ("passes", _("Past"))],
        required=False,
    )
    territoire = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["genre"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", _("All kinds")), *Meeting.Kind.choices]

    @property
    def asked(self) -> Asked:
        self.is_valid()
        said = self.cleaned_data
        code = str(said.get("territoire") or "")[:20]
        territory = Territory.objects.filter(pk=code).first() if code else None
        return Asked(
            " ".join(words_of(said.get("mots") or "")),
            said.get("genre") or "",
            said.get("quand") or "",
            territory,
        )


class RegisterForm(OpenForm):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("A link comes to it, to confirm."),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )
    structure = forms.CharField(
        label=_("Your organisation"), max_length=160, required=False
    )

    field_order = ("name", "email", "structure", "site")

    def clean_name(self) -> str:
        name = plain(self.cleaned_data["name"])
        plain_name(name)
        return name

    def clean_structure(self) -> str:
        name = plain(self.cleaned_data["structure"])
        plain_name(name)
        return name

    def registration_to(self, event: Event) -> Registration:
        said = self.cleaned_data
        return Registration(
            event=event,
            name=said["name"],
            email=said["email"].lower(),
            structure=said["structure"],
            language=get_language() or "fr",
        )


class QuestionForm(OpenForm):
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Nothing about somebody. The team reads it before it is shown."),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
    )

    field_order = ("text", "site")

    def clean_text(self) -> str:
        return plain(self.cleaned_data["text"])


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        required=False,
    )

    def clean_answer(self) -> str:
        return paragraphs(self.cleaned_data["answer"])


class RatingForm(forms.ModelForm):
    class Meta:
        model = Rating
        fields = ("usefulness", "clarity", "use", "comment")
        help_texts = {"comment": _("Neither your name nor somebody else’s.")}
        widgets = {"comment": forms.Textarea({"rows": 3})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, words in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                choices=Rating.Degree.choices,
                coerce=int,
                widget=forms.RadioSelect,
            )

    def clean_comment(self) -> str:
        return plain(self.cleaned_data["comment"])


def are_valid(several: Sequence[forms.BaseForm]) -> bool:
    """Every form is read, so that every mistake is told at once."""
    return [one.is_valid() for one in several].count(False) == 0
