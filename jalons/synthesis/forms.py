from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.synthesis.models import Block, Chapter, Synthesis
from jalons.synthesis.pieces import WRITTEN, Shelf


class DescriptionForm(forms.ModelForm):
    """Title, who publishes, who took part, whom to thank."""

    class Meta:
        model = Synthesis
        fields = ("title", "subtitle", "publication", "group", "thanks")
        help_texts = {
            "publication": gettext_lazy(
                "A role, a colon, and who holds it. For instance: direction of "
                "publication, coordination, writing, layout, photographs, contact."
            ),
            "group": gettext_lazy(
                "An organisation, a colon, and what it did in the project."
            ),
        }


class ChapterForm(forms.ModelForm):
    class Meta:
        model = Chapter
        fields = ("title",)


class BlockForm(forms.ModelForm):
    """A block: what it shows, and its own words when it is a text."""

    piece = forms.ChoiceField(label=gettext_lazy("What to show"))

    class Meta:
        model = Block
        fields = ("piece", "text", "is_on_slides")
        help_texts = {
            "text": gettext_lazy(
                "For a text or a caution only. Leave an empty line between paragraphs."
            ),
            "is_on_slides": gettext_lazy("Otherwise it stays in the report."),
        }

    def __init__(
        self, data: QueryDict | None, block: Block, shelves: list[Shelf]
    ) -> None:
        super().__init__(data, instance=block)
        field = self.fields["piece"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (shelf.title, [(one.piece, one.label) for one in shelf.offers])
            for shelf in shelves
        ]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("piece") in WRITTEN and not str(cleaned.get("text", "")).strip():
            self.add_error("text", _("Write the text of this block."))
        return cleaned


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is this synthesis withdrawn?"),
        help_text=gettext_lazy("Shown to whoever opens the public address."),
        max_length=300,
    )
