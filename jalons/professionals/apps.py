from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfessionalsConfig(AppConfig):
    name = "jalons.professionals"
    audit_words = {
        "professional.added": _("noted a person who works for an actor:"),
        "professional.changed": _("changed a person who works for an actor:"),
        "professional.told": _("informed a person of what is kept about them:"),
        "professional.deleted": _("erased a person who works for an actor:"),
        "professional.confirmed": _("a person confirmed their contact:"),
        "professional.withdrawn": _("a person withdrew their contact:"),
        "place_contact.told": _("informed the person behind a contact of a place:"),
        "place_contact.confirmed": _("a person confirmed the contact of a place:"),
        "place_contact.withdrawn": _("a person withdrew the contact of a place:"),
    }
