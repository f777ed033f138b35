"""What is read to a person before they leave a contact; its version is kept with it."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from jalons.documents.words import date_format
from jalons.rounds.models import Round

VERSION = "1"
"""Changes with the words below: each call-back keeps what was really said."""
LANGUAGES = ("fr", "en")


def expires_on(round: Round, asked_on: date) -> date:
    """The last day a contact left this day is kept, the survey's own limit included."""
    last = asked_on + timedelta(days=round.callback_days)
    return min(last, round.campaign.answers_kept_until)


def purpose(round: Round) -> str:
    """Why a contact is asked for, in the language in force."""
    return _("Offer you help or a workshop near your home.")


def words(round: Round, language: str, *, asked_on: date) -> str:
    """The consent, as it is read out on this day."""
    with translation.override(language):
        said = _(
            "I agree that %(sponsor)s calls me back once, to offer me help or a "
            "workshop near my home. My contact is kept apart from my answers, until "
            "%(day)s at the latest. I may withdraw it at any time, with the link or at "
            "the address I was given."
        )
        return said % {
            "sponsor": round.campaign.sponsor,
            "day": date_format(expires_on(round, asked_on), "j F Y"),
        }
