"""The first words of an interview guide, for the team to adapt."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from jalons.surveys.models import Campaign


def first_questions() -> str:
    """The questions of a new guide, in French: the language they are asked in."""
    with translation.override("fr"):
        questions = (
            _("What is your function? What part does digital inclusion play in it?"),
            _("Who is far from digital tools in your territory? How do you know?"),
            _("What does your territory do for them today? With which means?"),
            _("Who decides, who coordinates, who does? Is it written anywhere?"),
            _("With whom do you work? Who is missing around the table?"),
            _("What has worked, and what made it possible?"),
            _("What has not worked, and what did you learn from it?"),
            _("What would you need first in order to go further?"),
            _("What do you expect from the département, the région, the State?"),
            _("May I quote some of your words, with your role only?"),
        )
    return "\n".join(questions)


def questions_of(campaign: Campaign) -> list[str]:
    """The questions of a survey's guide, ours while the team wrote none."""
    guide = getattr(campaign, "interview_guide", None)
    text = guide.text if guide else first_questions()
    return [line.strip() for line in text.splitlines() if line.strip()]
