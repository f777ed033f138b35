from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionConfig(AppConfig):
    name = "jalons.reception"
    audit_words = {
        "correspondent.written": _("said whom to write to, in:"),
        "correspondent.removed": _("named nobody to write to any more, in:"),
        "centre.written_to": _("somebody wrote by the contact page to:"),
        "interest.told": _("somebody told what interests them, for:"),
        "interest.confirmed": _("somebody confirmed what interests them, for:"),
        "interest.answered": _("answered whoever told their interest, for:"),
        "interest.erased": _("somebody erased what they had told, for:"),
    }
