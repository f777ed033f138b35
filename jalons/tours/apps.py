from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToursConfig(AppConfig):
    name = "jalons.tours"
    audit_words = {
        "tour.created": _("created an itinerant tour:"),
        "tour.changed": _("changed an itinerant tour:"),
        "tour.published": _("published an itinerant tour:"),
        "tour.withdrawn": _("withdrew an itinerant tour:"),
        "stop.added": _("added a stop to a tour:"),
        "stop.changed": _("changed a stop of a tour:"),
        "stop.removed": _("removed a stop from a tour:"),
    }
