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
        "campaign.deleted": _("deleted the survey"),
        "scores.settled": _("published for the first time: scores no longer move"),
        "score.frozen_again": _("had the score of an EPCI frozen again"),
        "score.given_back": _("had the first frozen score of an EPCI given back"),
        "responses.recorded": _("recorded answers to the survey"),
        "answer.validated": _("recorded a validation for the survey"),
        "answer.unvalidated": _("withdrew a validation from the survey"),
        "involvement.stated": _("stated a département’s involvement for the space"),
    }
