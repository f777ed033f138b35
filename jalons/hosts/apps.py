from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HostsConfig(AppConfig):
    name = "jalons.hosts"
    audit_words = {
        "host.named": _("chose who answers for this site:"),
        "host.written": _("wrote who answers for this site:"),
        "host.published": _("published who answers for this site:"),
        "host.brought_back": _("took up again who answers for this site:"),
    }
