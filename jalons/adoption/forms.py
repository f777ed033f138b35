from __future__ import annotations

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jalons.adoption.models import WORDS_LENGTH, Part
from jalons.directory.texts import paragraphs, plain
from jalons.roadmaps.forms import refused


class PartForm(forms.Form):
    """What opens a part, and whether it is in the document.

    `version` is the one that its writer had before their eyes, `written_from` names
    their page: what it keeps by itself follows what it kept before.
    """

    words = forms.CharField(
        label=_("What you say there, before what Jalons shows"),
        required=False,
        max_length=WORDS_LENGTH,
        help_text=_(
            "Leave an empty line between paragraphs. Begin a line with “- ” for a list,"
            " with “## ” for a subtitle; put words between ** and ** for bold."
        ),
        widget=forms.Textarea({"rows": 12}),
    )
    is_shown = forms.BooleanField(
        label=_("This part is in the document"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    written_from = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, part: Part) -> None:
        said = {
            "words": part.words,
            "is_shown": part.is_shown,
            "version": part.version,
            "written_from": uuid4(),
        }
        super().__init__(data, initial=said)

    def clean_words(self) -> str:
        words = paragraphs(self.cleaned_data["words"])
        if errors := list(refused(words)):
            raise ValidationError(errors)
        return words

    def write_over(self, stored: Part) -> None:
        """The next sending replaces what somebody else wrote, knowingly."""
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["version"] = str(stored.version)


class VersionForm(forms.Form):
    title = forms.CharField(
        label=_("What is this version for?"),
        max_length=120,
        help_text=_(
            "For example “Sent to the council”, “After the partners’ remarks”."
        ),
    )

    def clean_title(self) -> str:
        title = plain(self.cleaned_data["title"])
        if errors := list(refused(title)):
            raise ValidationError(errors)
        return title
