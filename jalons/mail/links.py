"""Links that mails hold: computed from the installation's key, never kept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Signed:
    """The links of one kind of row, by its `key`; another kind has another salt."""

    salt: str

    def token_of(self, key: UUID) -> str:
        return self._signer.sign(key.hex)

    def read(self, token: str) -> UUID | None:
        """The key of the row; None when the token is not ours."""
        try:
            return UUID(hex=self._signer.unsign(token))
        except (signing.BadSignature, ValueError):
            return None

    def address(self, name: str, key: UUID) -> str:
        """The whole address of a page that takes the token."""
        return settings.SITE_URL + reverse(name, args=[self.token_of(key)])

    @property
    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=self.salt, sep=".")
