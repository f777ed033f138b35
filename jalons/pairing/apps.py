from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PairingConfig(AppConfig):
    name = "jalons.pairing"
    audit_words = {
        "pairing.proposed": _("proposed to put in touch:"),
        "pairing.agreed": _("agreed to be put in touch:"),
        "pairing.refused": _("refused to be put in touch:"),
        "pairing.withdrawn": _("took back the proposal to put in touch:"),
        "pairing.talk_noted": _("noted an exchange between:"),
        "pairing.talk_removed": _("removed an exchange between:"),
        "pairing.told": _("said what it brought to be in touch:"),
        "pairing.ended": _("ended the exchanges between:"),
    }
