from __future__ import annotations

from django import forms

from jalons.directory.texts import paragraphs
from jalons.margins.models import Comment


class CommentForm(forms.ModelForm):
    """Plain text; it stays between members, so it may name whom it asks."""

    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea({"rows": 3})}

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])
