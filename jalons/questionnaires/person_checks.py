"""Is no more asked of a person than is needed? What tells who they are is kept apart.

An answer that tells who one is (a name, an address, a telephone, a date of birth) is
declared as such, optional, with what one agrees to; it is then never among the answers.
A question that asks for one without saying so is recognised by its words: only where it
asks the reader for their own, so that the name of a place or of a body may be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from jalons.questionnaires.scale_checks import Remark
from jalons.questionnaires.schema import Question, Text

CAN_BE_KEPT_APART = ("short_text", "long_text")
WRITTEN = (*CAN_BE_KEPT_APART, "number", "date")
OWN = (
    r"noms?|pr[ée]noms?|adresses?|courriels?|(?:e-?)?mails?|t[ée]l[ée]phones?|portable"
    r"|mobile|coordonn[ée]es|identit[ée]|num[ée]ro de (?:t[ée]l[ée]phone|portable)"
)
OWN_IN_ENGLISH = (
    r"(?:first |last |full |family )?names?|surname|(?:(?:tele)?phone|mobile)"
    r"|(?:e-?mail|postal|home) address(?:es)?|address(?:es)?|e-?mail|contact details"
)
TELLS_WHO = re.compile(
    rf"\b(?:votre|vos|ton|tes) (?:{OWN})\b(?! de domaine)"
    rf"|\byour (?:{OWN_IN_ENGLISH})\b"
    r"|\bnoms? ?(?:et|,|/) ?pr[ée]noms?\b|\bpr[ée]noms? ?(?:et|,|/) ?noms?\b"
    r"|\bdate de (?:votre )?naissance\b|\b(?:date of birth|birth ?date)\b"
    r"|\bs[ée]curit[ée] sociale\b|\bsocial security number\b",
    re.IGNORECASE,
)


def check_person(question: Question) -> Iterator[Remark]:
    """What is wrong with what is asked of a person, or with how it is kept."""
    if not question.is_personal:
        yield from _check_undeclared(question)
        return
    if question.consent is None:
        yield ("consent",), _("Write what the person agrees to by leaving this.")
    if question.required:
        message = _("Nobody may be obliged to leave a contact: write required = false.")
        on_screen = _(
            "Nobody may be obliged to leave a contact: untick “An answer is required”."
        )
        yield ("required",), message, on_screen


def _check_undeclared(question: Question) -> Iterator[Remark]:
    if question.type not in WRITTEN or not _tells_who(question):
        return
    if question.type in CAN_BE_KEPT_APART:
        message = _(
            "This asks who the person is: write is_personal = true, or ask otherwise."
        )
        on_screen = _(
            "This asks who the person is. Do you need it? Then tick “The contact of a "
            "person”, which keeps it apart; otherwise ask something else."
        )
        yield ("is_personal",), message, on_screen
    else:
        message = _("This asks who the person is: ask for an age band among answers.")
        yield ("text", "fr"), message


def _tells_who(question: Question) -> bool:
    return question.format == "email" or _asks(question.text)


def _asks(text: Text) -> bool:
    wordings = (text.fr, text.fr_easy, text.en)
    return any(TELLS_WHO.search(one) for one in wordings if one)
