from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EcosystemsConfig(AppConfig):
    name = "jalons.ecosystems"
    audit_words = {
        "map.opened": _("began a resource map:"),
        "map.changed": _("changed what a resource map is about:"),
        "mapped.added": _("added a resource to a map:"),
        "mapped.renamed": _("renamed a resource of a map:"),
        "mapped.withdrawn": _("took a resource off a map:"),
        "mapped.restored": _("put a resource back on a map:"),
        "link.drawn": _("changed a link of a resource map:"),
    }
