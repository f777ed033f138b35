from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jalons.directory.texts import plain
from jalons.pairing.models import Pairing, Side, Talk
from jalons.privacy.traces import TITLE
from jalons.roadmaps.forms import TextForm
from jalons.roadmaps.pasting import has_markup
from jalons.spaces.fields import Day


class ProposalForm(TextForm):
    """What both teams read; the reasons stay with the centre."""

    class Meta:
        model = Pairing
        fields = ("subject", "words")
        labels = {
            "subject": _("On what subject would they exchange?"),
            "words": _("What do you say to both of them?"),
        }
        help_texts = {
            "subject": _("For example: going out to inhabitants who live far away."),
            "words": _(
                "Both teams read the same words. Never write how advanced either is: "
                "nobody is told the level of another."
            ),
        }
        widgets = {"words": forms.Textarea({"rows": 4})}


NOTED = (("yes", _("Yes, it agrees")), ("no", _("No, not now")))


class AnswerForm(TextForm):
    """Yes, and how to reach them; or no, and why."""

    is_agreed = forms.TypedChoiceField(
        label=_("Do you agree to be put in touch?"),
        choices=(("yes", _("Yes, we agree")), ("no", _("No, not now"))),
        widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )

    class Meta:
        model = Side
        fields = ("reached_by", "reason", "source")
        labels = {
            "reached_by": _("If you agree: whom should the other team write to?"),
            "reason": _("If you do not: why?"),
            "source": _("How do you know?"),
        }
        help_texts = {
            "reached_by": _(
                "A function and a public address or number, never a name. The other "
                "team reads it once both agreed."
            ),
            "reason": _("The resource centre alone reads it."),
            "source": _(
                "For example: a call on 12 June with the director general’s office."
            ),
        }

    field_order = ("is_agreed", "reached_by", "reason", "source")

    def __init__(self, *args, is_centre: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not is_centre:
            del self.fields["source"]
            return
        self.fields["source"].required = True
        self.fields["is_agreed"].label = _("Does it agree to be put in touch?")
        self.fields["is_agreed"].choices = NOTED  # type: ignore[attr-defined]
        self.fields["reached_by"].label = _("If it agrees: whom should be written to?")
        self.fields["reason"].label = _("If it does not: why?")

    def clean(self) -> None:
        super().clean()
        is_agreed = self.cleaned_data.get("is_agreed")
        if is_agreed is True:
            self._require("reached_by", gettext("Say how to reach you."))
        if is_agreed is False:
            self._require("reason", gettext("Say why, in one sentence."))

    def _clean_text(self, name: str, text: str, has_lines: bool) -> None:
        """A team is reached by an address or a number; a person is not named."""
        if name != "reached_by" or has_markup(text):
            return super()._clean_text(name, text, has_lines)
        self.cleaned_data[name] = plain(text)
        for words in TITLE.findall(text):
            refused = gettext("“%(words)s” names a person: write the function.")
            self.add_error(name, refused % {"words": words})
        return None

    def _require(self, name: str, words: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, words)


class TalkForm(TextForm):
    class Meta:
        model = Talk
        fields = ("day", "subject")
        labels = {"day": _("On what day?"), "subject": _("What was spoken of?")}
        help_texts = {"subject": _("The subject, never the names of those present.")}
        widgets = {"day": Day()}

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        begun_at = self.instance.pairing.begun_at
        first = timezone.localdate(begun_at) if begun_at else day
        if not first <= day <= timezone.localdate():
            raise ValidationError(
                _("Give a day between the agreement of both teams and today.")
            )
        return day


class FeedbackForm(TextForm):
    class Meta:
        model = Side
        fields = ("use", "feedback")
        labels = {
            "use": _("What did it bring to your territory?"),
            "feedback": _("In your words"),
        }
        help_texts = {
            "feedback": _("Read by your team and by the resource centre, nobody else.")
        }
        widgets = {"use": forms.RadioSelect, "feedback": forms.Textarea({"rows": 3})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"].required = True
        self.fields["use"].choices = Side.Use.choices  # type: ignore[attr-defined]


class EndForm(TextForm):
    class Meta:
        model = Pairing
        fields = ("ending",)
        labels = {"ending": _("Why does it end?")}
        help_texts = {"ending": _("Both teams and the centre read it: no name.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ending"].required = True
