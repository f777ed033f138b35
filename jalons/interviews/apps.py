from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterviewsConfig(AppConfig):
    name = "jalons.interviews"
    audit_words = {
        "interview.recorded": _("recorded an interview for the survey"),
        "interview.changed": _("changed an interview of the survey"),
        "interview.deleted": _("deleted an interview of the survey"),
        "interview_guide.changed": _("changed the interview guide of the survey"),
        "quote.recorded": _("recorded a quote for the survey"),
        "quote.changed": _("changed a quote of the survey"),
        "quote.deleted": _("deleted a quote of the survey"),
        "quote.picked": _("kept a quote for the synthesis of the survey"),
        "quote.dropped": _("took a quote out of the synthesis of the survey"),
    }
