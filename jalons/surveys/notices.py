"""The first words of an information notice (GDPR, art. 13), for the team to adapt."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

TO_COMPLETE = "["
"""What is left between square brackets must be written by the team."""


def first_words() -> dict[str, str]:
    """The texts of a new notice, in French: the language respondents read it in."""
    with translation.override("fr"):
        return {
            "notice_purpose": _(
                "To know how far territories have got with digital inclusion, and "
                "what support they need. Your answer helps decide where this support "
                "goes first."
            ),
            "notice_legal_basis": _(
                "A task carried out in the public interest (article 6-1-e of the "
                "GDPR). Answering is optional."
            ),
            "notice_retention": _(
                "Afterwards, only overall results remain, and those validated by the "
                "institutions. The address you may leave is kept apart, for one year "
                "at most."
            ),
            "notice_rights": _(
                "You may see, correct or erase your answer, or object to its use: "
                "write to [address of the person in charge of personal data]. You "
                "may also complain to the CNIL (www.cnil.fr)."
            ),
            "notice_publication": _(
                "Overall results, by département and by type of territory. No "
                "individual answer is published."
            ),
        }
