from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionnairesConfig(AppConfig):
    name = "jalons.questionnaires"
    audit_words = {"version.loaded": _("loaded a version of the questionnaire")}
