from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallbacksConfig(AppConfig):
    name = "jalons.callbacks"
    audit_words = {
        "callback.noted": _("noted somebody to call back"),
        "callback.followed": _("noted how far the call-back of somebody is"),
        "callback.withdrawn": _("withdrew somebody who no longer wants a call-back"),
    }
