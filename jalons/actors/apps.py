from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorsConfig(AppConfig):
    name = "jalons.actors"
    audit_words = {
        "actor.added": _("added an actor:"),
        "actor.changed": _("changed an actor:"),
        "actor.archived": _("put an actor aside:"),
        "actor.told_apart": _("said that it is not the body of another team:"),
        "actor.apart_taken_back": _(
            "no longer says that it is not the body of another team:"
        ),
        "actor.restored": _("brought back an actor:"),
        "actors.imported": _("imported actors into the table"),
        "actors.opened": _("let everybody read the actors of"),
        "actors.closed": _("no longer lets everybody read the actors of"),
        "actors.taken": _("took actors from the directory into the table"),
        "lead.named": _("named a lead actor:"),
        "lead.ended": _("ended the mandate of a lead actor:"),
        "post.added": _("noted a post of adviser:"),
        "post.changed": _("changed a post of adviser:"),
        "post.ended": _("ended a post of adviser:"),
        "roles.changed": _("changed who does what"),
        "channels.changed": _("changed how the actors are made known"),
    }
