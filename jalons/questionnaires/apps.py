from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "jalons.questionnaires"
    audit_words = {
        "version.loaded": _("loaded a version of the questionnaire"),
        "version.published": _("published a version of the questionnaire"),
        "draft.started": _("began to write the questionnaire"),
        "draft.discarded": _("threw away the draft of the questionnaire"),
    }
