from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.accounts.open_forms import OpenForm
from jalons.directory.texts import plain
from jalons.files.logos import SUFFIXES
from jalons.gazette.figures import Asked
from jalons.gazette.models import Article, Letter
from jalons.library.definitions import read_tags
from jalons.search.words import words_of
from jalons.spaces.models import Space

MOST_WORDS = 100
MARKDOWN = _(
    "# before a title, * before the line of a list, **very important**, "
    "[words](https://address) for a link."
)


class ArticleForm(forms.ModelForm):
    topics = forms.MultipleChoiceField(
        label=_("Topics"), widget=forms.CheckboxSelectMultiple, required=False
    )
    picture_file = forms.FileField(
        label=_("A picture"),
        help_text=_(
            "PNG, JPEG or SVG, 5 MB at most. Leave empty to keep the one held."
        ),
        widget=forms.ClearableFileInput({"accept": ",".join(SUFFIXES)}),
        required=False,
    )
    without_picture = forms.BooleanField(
        label=_("Take the picture away"), required=False
    )

    class Meta:
        model = Article
        fields = ("title", "summary", "text", "topics", "picture_alt")
        labels = {
            "title": _("Title"),
            "summary": _("In two sentences"),
            "text": _("Text"),
            "picture_alt": _("What does the picture show?"),
        }
        help_texts = {
            "text": MARKDOWN,
            "picture_alt": _("Read aloud to those who do not see it."),
        }
        widgets = {
            "summary": forms.Textarea({"rows": 2}),
            "text": forms.Textarea({"rows": 16}),
        }

    field_order = (
        *("title", "summary", "text", "topics"),
        *("picture_file", "picture_alt", "without_picture"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = self.fields["topics"]
        assert isinstance(topics, forms.MultipleChoiceField)
        topics.choices = read_tags().choices("theme")
        if not self.instance.picture:
            del self.fields["without_picture"]

    def clean_title(self) -> str:
        return plain(self.cleaned_data["title"])

    def clean_summary(self) -> str:
        return plain(self.cleaned_data["summary"])

    def clean_picture_alt(self) -> str:
        return plain(self.cleaned_data["picture_alt"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        is_kept = bool(self.instance.picture) and not said.get("without_picture")
        shows = bool(said.get("picture_file")) or is_kept
        if shows and not said.get("picture_alt") and "picture_alt" not in self.errors:
            self.add_error("picture_alt", _("Say what the picture shows."))
        return said


class LetterForm(forms.ModelForm):
    class Meta:
        model = Letter
        fields = ("title", "text")
        labels = {"title": _("Title"), "text": _("Text")}
        help_texts = {"title": _("The subject of the mail."), "text": MARKDOWN}
        widgets = {"text": forms.Textarea({"rows": 20})}

    def clean_title(self) -> str:
        return plain(self.cleaned_data["title"])


class SubscribeForm(OpenForm):
    """An address, and which centre when there are several."""

    centre: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=Space.objects.none(),
        label=_("The letter of which centre?"),
        empty_label=None,
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("A link comes to it, to confirm."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, centres: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["centre"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = centres


class FindForm(forms.Form):
    """The filters of the articles; what is not understood filters nothing."""

    mots = forms.CharField(label=_("Words"), max_length=MOST_WORDS, required=False)
    theme = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.fields["theme"]
        assert isinstance(topic, forms.ChoiceField)
        topic.choices = [("", _("All topics")), *read_tags().choices("theme")]

    @property
    def asked(self) -> Asked:
        self.is_valid()
        said = self.cleaned_data
        words = " ".join(words_of(said.get("mots") or ""))
        return Asked(words, said.get("theme") or "")
