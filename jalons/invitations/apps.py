from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    name = "jalons.invitations"
    audit_words = {
        "contact_list.created": _("created a list of contacts:"),
        "contact_list.changed": _("changed a list of contacts:"),
        "contact_list.deleted": _("deleted a list of contacts:"),
        "contacts.added": _("added people to a list of contacts:"),
        "contacts.told": _("informed the people of a list of contacts:"),
        "contact.changed": _("changed a person of a list of contacts:"),
        "contact.deleted": _("took a person out of a list of contacts:"),
        "contact.opted_out": _("a person asked for no more mails from the space"),
        "letter.changed": _("changed the text of a mail of the survey"),
        "invitations.sent": _("sent invitations to the survey"),
        "reminders.sent": _("sent reminders of the survey"),
        "short_address.made": _("made a short address for the survey"),
        "embedding.changed": _("changed the sites where the survey is embedded"),
    }
