from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StepsConfig(AppConfig):
    name = "jalons.steps"
    audit_words = {
        "criterion.stated": _("said of a criterion of the seven steps:"),
        "criterion.withdrawn": _("took back what was said of a criterion:"),
    }
