from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    name = "jalons.impact"
    # What the public page of an adopted roadmap leads to.
    public_links = ("jalons.impact.access.link_of",)
    audit_words = {
        "impact.written": _("wrote what a roadmap changed:"),
        "impact.story_agreed": _("noted that a story may be made public:"),
        "impact.story_withdrawn": _("withdrew a story from the public page:"),
        "impact.published": _("made public what a roadmap changed:"),
        "impact.withdrawn": _("withdrew what a roadmap changed:"),
    }
