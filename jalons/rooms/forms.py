from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jalons.rooms.bundles import MOST_BYTES, RefusedBundle


class ReturnForm(forms.Form):
    """The file of a laptop, and which side is kept where both changed."""

    file = forms.FileField(label=_("File brought back from the room"))
    side = forms.ChoiceField(
        label=_("Where both sides changed"),
        choices=[
            ("site", _("Keep what is on the site")),
            ("room", _("Take what comes from the room")),
        ],
        widget=forms.RadioSelect,
        initial="site",
        required=False,
    )

    @property
    def takes_room(self) -> bool:
        return bool(self.cleaned_data["side"] == "room")

    def data_of_file(self) -> bytes:
        """The file, read no further than a workshop goes. Raises RefusedBundle."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise RefusedBundle(_("This file is too large to be a workshop (20 MB)."))
        data: bytes = given.read()
        return data
