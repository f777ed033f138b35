from __future__ import annotations

import json

from allauth.mfa.models import Authenticator

from jalons.accounts.models import Identity
from tests.accounts.device import Device
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    address = {"email": "quelquun@exemple.fr"}
    passkey = Authenticator.objects.create(
        user=side.owner, type="webauthn", data=_passkey(f"Clé {side.mark}")
    )
    identity = Identity.objects.create(
        user=side.owner, issuer="https://exemple.fr", subject=f"sujet-{side.mark}"
    )
    return {
        "account_proconnect_unlink": Call({"pk": identity.pk}),
        "account_rename_passkey": Call({"pk": passkey.pk}, post={"name": "Bureau"}),
        "account_remove_passkey": Call({"pk": passkey.pk}),
        "account_prove": Call(post={"code": "0000-0000"}),
        "account_login": Call(post=address),
        "account_request_login_code": Call(post=address),
        "account_confirm_login_code": Call(post={"code": "0000-0000"}),
        "account_name": Call(post={"name": "Dominique"}),
    }


def _passkey(name: str) -> dict[str, object]:
    """What is kept of a passkey."""
    asked = {"publicKey": {"challenge": "AAAA", "user": {"id": "AAAA"}}}
    return {"name": name, "credential": json.loads(Device().make(asked))}
