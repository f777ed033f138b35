"""What is read to a person before they leave a contact; its version is kept with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from jalons.documents.words import date_format
from jalons.rounds.models import Round

VERSION = "1"
"""Changes with the words below: each call-back keeps what was really said."""
LANGUAGES = ("fr", "en")
READ = re.compile(r"[0-9]{1,3}:([0-9]{4}-[0-9]{2}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Promise:
    """The last day said to the person, and the one on which the contact is erased."""

    said: date
    kept: date


def expires_on(round: Round, asked_on: date) -> date:
    """The last day a contact left this day is kept, the survey's own limit included."""
    last = asked_on + timedelta(days=round.callback_days)
    return min(last, round.campaign.answers_kept_until)


def version(until: date) -> str:
    """The number of the text and the last day it names, which a phone sends back."""
    return f"{VERSION}:{until.isoformat()}"


def promised(round: Round, read: str, asked_on: date) -> Promise:
    """What a phone read out, days after it last heard of the server.

    A day that no text of this round could name is not believed; the survey erases
    sooner than it said, if its own limit was brought forward since, and never later.
    """
    last = expires_on(round, asked_on)
    found = READ.fullmatch(read)
    try:
        said = date.fromisoformat(found[1]) if found else last
    except ValueError:
        said = last
    if not asked_on <= said <= asked_on + timedelta(days=round.callback_days):
        said = last
    return Promise(said, min(said, last))


def purpose(round: Round) -> str:
    """Why a contact is asked for, in the language in force."""
    return _("Offer you help or a workshop near your home.")


def words(round: Round, language: str, *, until: date) -> str:
    """The consent as it is read out, which names the last day a contact is kept."""
    with translation.override(language):
        said = _(
            "I agree that %(sponsor)s calls me back once, to offer me help or a "
            "workshop near my home. My contact is kept apart from my answers, until "
            "%(day)s at the latest. I may withdraw it at any time, with the link or at "
            "the address I was given."
        )
        return said % {
            "sponsor": round.campaign.sponsor,
            "day": date_format(until, "j F Y"),
        }
