from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObservatoryConfig(AppConfig):
    name = "jalons.observatory"
    audit_words = {
        "results.published": _("published the results of the survey"),
        "results.licensed": _("said how the results may be reused, of the survey"),
        "results.withdrawn": _("withdrew the results of the survey"),
        "income_limits.chosen": _("chose income limits for the survey"),
        "income_limits.removed": _("went back to thirds of income for the survey"),
    }
