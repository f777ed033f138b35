"""What each model says of the persons it holds (purpose, basis, days kept, subject).

A model that holds persons carries a class attribute ``personal_data``; the register,
the purge and, later, the export and the erasure walk these declarations. A whole one:

    personal_data = PersonalData(
        purpose=_("Call back the respondents who asked for it"),
        legal_basis=LegalBasis.CONSENT,
        subject=_("Respondents who left a contact"),
        held=_("the telephone number or address left"),
        kept_days=365,
        counted_from="consented_at",
        since=_("the day consent was given"),
        fields=("value",),
        recipients=(Recipient.IN_CHARGE,),
    )

``tests/privacy`` refuses a field that looks like a person's and is declared nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LegalBasis(Enum):
    """The bases of article 6 of the GDPR that Jalons uses."""

    CONSENT = _("consent (art. 6-1-a)")
    PUBLIC_TASK = _("task in the public interest (art. 6-1-e)")
    LEGITIMATE_INTEREST = _("legitimate interest (art. 6-1-f)")


class Recipient(Enum):
    """Who reads what a table holds, besides the persons themselves."""

    TEAM = _("the members of the team concerned")
    OWNERS = _("the owners of the team concerned")
    IN_CHARGE = _("the persons in charge, named by the team")
    COLLEAGUES = _("those who work with them in a space, a network or a room")
    CENTRE = _("the resource centre of the région")
    PLACES = _("the place to which the person is guided")
    WRITTEN_TO = _("the person written to")
    PUBLIC = _("everybody, for what is published with the person’s agreement or office")
    ADMINISTRATORS = _("whoever runs the site")
    NOBODY = _("nobody: the software alone uses it")


class Criterion(Enum):
    """The nine criteria of WP248 rev. 01: two of them call for an impact assessment."""

    SCORING = _("evaluation or scoring of persons")
    DECISION = _("automated decision with legal or similar effect")
    MONITORING = _("systematic monitoring")
    PERSONAL = _("sensitive data, or of a highly personal nature")
    LARGE = _("data processed on a large scale")
    MATCHING = _("matching or combining of data")
    VULNERABLE = _("data about vulnerable persons")
    INNOVATIVE = _("innovative use of a technology")
    EXCLUSION = _("may prevent from exercising a right or using a service")


class Ending(Enum):
    """What the purge does to a row whose days are over."""

    DELETE = _("deleted")
    BLANK = _("made anonymous")


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Why a table holds persons, on what basis, and for how many days.

    ``counted_from`` is the lookup of the date from which days are counted
    (``"sent_at"``, ``"campaign__closed_at"``); a row whose date is empty is kept.
    Without it the purge leaves the table to its own app. ``since`` names
    that date in the reader's words, ``held`` what is kept about them.
    """

    purpose: str | Promise
    legal_basis: LegalBasis
    subject: str | Promise
    kept_days: int
    fields: tuple[str, ...]
    recipients: tuple[Recipient, ...] = ()
    # Those that are met, or may be according to how the team uses it.
    criteria: tuple[Criterion, ...] = ()
    counted_from: str = ""
    since: str | Promise = ""
    held: str | Promise = ""
    ending: Ending = Ending.DELETE
    # Ends with the account of its person, long after they last signed in.
    ends_with_account: bool = False


def declared_models() -> Iterator[tuple[type[models.Model], PersonalData]]:
    """Each model that declares persons, with its declaration."""
    for model in apps.get_models():
        declaration = model.__dict__.get("personal_data")
        if isinstance(declaration, PersonalData):
            yield model, declaration
