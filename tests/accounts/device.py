"""A device that makes passkeys and answers with them, as a browser would send it."""

from __future__ import annotations

import json
from hashlib import sha256
from secrets import token_bytes

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

SITE = "http://localhost"


class Device:
    """One passkey of one site; `verifies` whether it asks for the finger or the PIN."""

    def __init__(self, *, origin: str = SITE, verifies: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.identifier = token_bytes(16)
        self.origin, self.handle = origin, ""
        flag = AuthenticatorData.FLAG
        self.flags = flag.UP | (flag.UV if verifies else 0)

    def make(self, asked: dict) -> str:
        """What is sent to the site that asks for a new passkey."""
        self.handle = asked["publicKey"]["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(Aaguid.NONE, self.identifier, public)
        flags = self.flags | AuthenticatorData.FLAG.AT
        told = AuthenticatorData.create(self._site, flags, 0, made)
        response = {
            "clientDataJSON": websafe_encode(self._said("webauthn.create", asked)),
            "attestationObject": websafe_encode(
                AttestationObject.create("none", told, {})
            ),
        }
        return self._written(response)

    def answer(self, asked: dict) -> str:
        """What is sent to the site that asks who is there."""
        said = self._said("webauthn.get", asked)
        told = AuthenticatorData.create(self._site, self.flags, 1)
        signed = self.key.sign(told + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(said),
            "authenticatorData": websafe_encode(told),
            "signature": websafe_encode(signed),
            "userHandle": self.handle,
        }
        return self._written(response)

    @property
    def _site(self) -> bytes:
        return sha256(self.origin.split("//")[1].encode()).digest()

    def _said(self, kind: str, asked: dict) -> bytes:
        challenge = websafe_decode(asked["publicKey"]["challenge"])
        return CollectedClientData.create(kind, challenge, self.origin)

    def _written(self, response: dict) -> str:
        name = websafe_encode(self.identifier)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
