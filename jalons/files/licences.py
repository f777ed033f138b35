"""Under which licence what a team publishes may be used again.

Whoever publishes says it and nobody else may: what was not said stays so, on pages as
in data.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CODE_LENGTH = 20


class Licence(models.TextChoices):
    """By the identifiers of SPDX, but for what is kept."""

    OPEN = "etalab-2.0", "Licence Ouverte 2.0"
    BY = "CC-BY-4.0", "CC BY 4.0"
    BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    ODBL = "ODbL-1.0", "ODbL 1.0"
    RESERVED = "reserved", gettext_lazy("All rights reserved")


Said = Literal["", "etalab-2.0", "CC-BY-4.0", "CC-BY-SA-4.0", "ODbL-1.0", "reserved"]
"""The same codes, where what is stored is checked."""
TEXTS: dict[str, str] = {
    Licence.OPEN: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    Licence.BY: "https://creativecommons.org/licenses/by/4.0/deed.fr",
    Licence.BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    Licence.ODBL: "https://opendatacommons.org/licenses/odbl/1-0/",
}
"""Where a person reads each."""
SPDX = {
    str(one.label): f"https://spdx.org/licenses/{one.value}"
    for one in Licence
    if one != Licence.RESERVED
}
"""How a catalogue of data names each."""
OFFERED = (
    ("", gettext_lazy("I do not say it for now: whoever wishes to reuse it must ask")),
    (Licence.OPEN, gettext_lazy("Licence Ouverte 2.0: reused by all, naming us")),
    (Licence.BY, gettext_lazy("CC BY 4.0: reused by all, naming us")),
    (
        Licence.BY_SA,
        gettext_lazy("CC BY-SA 4.0: the same, and what comes of it under this licence"),
    ),
    (
        Licence.ODBL,
        gettext_lazy("ODbL 1.0, for data: the same, and what comes of them likewise"),
    ),
    (Licence.RESERVED, gettext_lazy("No licence: all rights reserved")),
)


def licence_column() -> models.CharField:
    """What was said; empty as long as nobody said anything."""
    return models.CharField(
        gettext_lazy("licence"),
        max_length=CODE_LENGTH,
        choices=Licence,
        blank=True,
        default="",
        db_default="",
    )


class Licensed(Protocol):
    """What was published, and what was said of it."""

    licence: str

    def save(self, *, update_fields: Iterable[str]) -> None: ...


class Say(Protocol):
    """What an app does when the licence of what it published is said."""

    def __call__(self, *, licence: str) -> object: ...


class LicenceField(forms.ChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("May others use it again?"),
            help_text=gettext_lazy(
                "A licence once given cannot be taken back from those who used it. "
                "Give it only for what is yours to give."
            ),
            choices=OFFERED,
            required=False,
        )


class LicenceForm(forms.Form):
    """Said with the first publication, or later by itself."""

    licence = LicenceField()

    def __init__(self, data: QueryDict | None, published: Licensed | None) -> None:
        said = published.licence if published else ""
        super().__init__(data, initial={"licence": said})

    @property
    def given(self) -> str | None:
        """None when it was not asked there: what was said stays."""
        said: str = self.cleaned_data["licence"]
        return said if "licence" in self.data else None


def receive(request: HttpRequest, published: Licensed, say: Say, told: str) -> None:
    """Say by itself, by `say`, the licence that a form sends; tell who sent it so."""
    terms = LicenceForm(request.POST, published)
    if terms.is_valid():
        say(licence=terms.given or "")
        messages.success(request, told)
    else:
        messages.error(request, _("Choose a licence of the list."))


def change(published: Licensed, licence: str) -> dict[str, object]:
    """Keep what is said, and nothing else; what the journal notes of it."""
    published.licence = licence
    published.save(update_fields=["licence"])
    return {"licence": licence}


def name_of(code: str) -> str | None:
    """As data say it; none when nobody said it."""
    return str(Licence(code).label) if code else None


def common_to(names: Iterable[str | None]) -> str | None:
    """That of a list: the one of all its items, else none."""
    found = set(names)
    return found.pop() if len(found) == 1 else None


def with_licence(source: str, code: str) -> str:
    """Where it comes from, then under which licence, when it was said."""
    if not code:
        return source
    told = _("%(source)s. Reuse: %(licence)s")
    return told % {"source": source, "licence": name_of(code)}
