"""A field for the words of a document: what is pasted in it keeps its words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.documents.pasted import as_written

HOW_TO_WRITE = _(
    "Leave an empty line between paragraphs. Begin a line with “- ” for a list, with "
    "“## ” for a subtitle; put words between ** and ** for bold; write a link "
    "[like this](https://exemple.fr), a table with one line a row: | Who | What |."
)


class Written(forms.CharField):
    """Long words in the marks of `wording`.

    Its length is that of what is kept: HTML is much longer, so nothing cuts it before.
    """

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return as_written(super().to_python(value) or "").strip()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        attrs = super().widget_attrs(widget)
        return {name: said for name, said in attrs.items() if name != "maxlength"}
