"""Texts of a diagnosis name nobody: what tells who a person is does not enter."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalons.privacy.traces import certain, possible

NOT_A_PERSON = gettext_lazy("These words do not name a person")
REFUSED: dict[str, str | Promise] = {
    "address": gettext_lazy(
        "“%(words)s” is an e-mail address: a diagnosis keeps functions, not persons. "
        "Take it out."
    ),
    "telephone": gettext_lazy(
        "“%(words)s” is a telephone number: a diagnosis keeps functions, not persons. "
        "Take it out."
    ),
    "title": gettext_lazy(
        "“%(words)s” names a person: write the function only, for example “the mayor” "
        "or “a librarian”."
    ),
}


def refuse_persons(
    form: forms.BaseForm, *names: str, ask: str = "", places: Sequence[str] = ()
) -> None:
    """Refuse addresses, numbers and titled names; ask about words that may name.

    Asked once: the box of the field `no_person` is then shown, and ticked if it was
    the name of a place or of a service.
    """
    for name in names:
        text = form.cleaned_data.get(name) or ""
        for kind, found in certain(text):
            form.add_error(
                name, ValidationError(str(REFUSED[kind]), params={"words": found})
            )
    text = form.cleaned_data.get(ask) or ""
    doubtful = possible(text, places)
    if not doubtful:
        return
    form.fields["no_person"].widget = forms.CheckboxInput()
    if not form.cleaned_data.get("no_person"):
        message = _(
            "Does “%(words)s” name a person? Then write the function only. If it is a "
            "place or a service, tick the box at the end."
        )
        form.add_error(
            ask, ValidationError(message, params={"words": ", ".join(doubtful)})
        )
