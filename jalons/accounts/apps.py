from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "jalons.accounts"
    verbose_name = _("people")
    audit_words = {
        "account.opened": _("opened an account"),
        "account.renamed": _("changed their name"),
        "account.passkey_added": _("added a passkey"),
        "account.passkey_removed": _("removed a passkey"),
        "account.identity_linked": _("linked ProConnect to an account"),
        "account.identity_unlinked": _("no longer signs in by ProConnect"),
        "account.erased": _("erased an account"),
        "account.ended": _("ended an account where nobody signed in for two years"),
        "account.administrator": _("became administrator of the site, or ceased to be"),
    }
