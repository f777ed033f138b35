from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveysConfig(AppConfig):
    name = "jalons.surveys"
    audit_words = {
        "campaign.created": _("created the survey"),
        "campaign.changed": _("changed the survey"),
        "campaign.moved": _("changed the closing day of the survey"),
        "campaign.closed": _("closed the survey"),
        "responses.recorded": _("recorded answers to the survey"),
        "answer.validated": _("recorded a validation for the survey"),
        "answer.unvalidated": _("withdrew a validation from the survey"),
        "involvement.stated": _("stated a département’s involvement for the space"),
    }
