from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "jalons.network"
    audit_words = {
        "follow_up.written": _("wrote the follow-up sheet of"),
        "exchange.noted": _("noted an exchange:"),
        "exchange.changed": _("changed an exchange:"),
        "exchange.removed": _("removed an exchange:"),
        "proposal.amended": _("changed what may be proposed to a territory:"),
        "proposal.restored": _("took back a change of what may be proposed:"),
        "view.kept": _("kept a view of the cockpit:"),
        "view.removed": _("removed a view of the cockpit:"),
        "progress.shared": _("let the resource centre see how far this roadmap is:"),
        "progress.withdrawn": _(
            "no longer lets the resource centre see how far this roadmap is:"
        ),
    }
