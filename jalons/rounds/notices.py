"""The first words of the notice of a field survey (GDPR, art. 13), to be adapted."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _


def first_words() -> dict[str, str]:
    """The texts of a new notice, in French: the language people read it in."""
    with translation.override("fr"):
        return {
            "notice_purpose": _(
                "To know how inhabitants use digital tools and what would help them, "
                "so as to offer help and workshops in the right places."
            ),
            "notice_legal_basis": _(
                "A task carried out in the public interest (article 6-1-e of the "
                "GDPR). Answering is optional, from the age of fifteen."
            ),
            "notice_retention": _(
                "Answers hold no name. They are kept one year, then only overall "
                "results remain. A contact left to be called back is kept apart, one "
                "year at most."
            ),
            "notice_rights": _(
                "You may see, correct or erase your answers, or object to their use, "
                "on the day itself or by writing to [address of the person in charge "
                "of personal data]. You may also complain to the CNIL (www.cnil.fr)."
            ),
            "notice_publication": _(
                "Overall results, never under eleven people. No individual answer is "
                "published."
            ),
        }
