from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdoptionConfig(AppConfig):
    name = "jalons.adoption"
    audit_words = {
        "document.part_written": _("wrote in the document of a roadmap:"),
        "document.part_placed": _("moved in the document of a roadmap:"),
        "logo.added": _("put a logo on a roadmap:"),
        "logo.removed": _("took a logo away from a roadmap:"),
        "document.frozen": _("froze a version of a roadmap:"),
        "document.adopted": _("noted the adoption of a roadmap:"),
        "document.adoption_mended": _("mended the adoption of a roadmap:"),
        "document.adoption_removed": _("took back the adoption of a roadmap:"),
        "document.published": _("published a roadmap:"),
        "document.licensed": _("said how a published roadmap may be reused:"),
        "document.withdrawn": _("withdrew a published roadmap:"),
    }
