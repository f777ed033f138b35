"""Interviews sealed on a telephone, which cannot read them again (envelopes).

A content is encrypted by a key of its own (AES-256-GCM, NIST SP 800-38D), itself
wrapped under the public key of the round (RSA-OAEP with SHA-256, RFC 8017 § 7.1): what
WebCrypto does in every browser. What the envelope says in clear (its kind, its key, its
round) is bound to the content as additional data.

The private key of a round lies in the database encrypted by a key drawn from the
installation's `SECRET_KEY`: a copy of the database alone opens nothing.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BITS = 2048
"""Enough until 2030 (NIST SP 800-57), and made on a small machine in a blink."""
EXPONENT = 65537
NONCE_BYTES = 12
OAEP = padding.OAEP(
    mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None
)


class Unreadable(Exception):
    """The envelope was not sealed for this round, or was damaged on the way."""


def new_pair() -> tuple[str, str]:
    """A public key as telephones read it, and its private key, sealed."""
    pair = rsa.generate_private_key(public_exponent=EXPONENT, key_size=KEY_BITS)
    public = pair.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    private = pair.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + _own_cipher().encrypt(nonce, private, None)
    return _text(public), _text(sealed)


def seal(public_key: str, content: Mapping[str, object], kind: str) -> dict[str, str]:
    """The envelope of a content, as a telephone makes it."""
    public = serialization.load_der_public_key(base64.b64decode(public_key))
    assert isinstance(public, rsa.RSAPublicKey)
    key, nonce = AESGCM.generate_key(256), os.urandom(NONCE_BYTES)
    said = {"key": str(content["key"]), "round": str(content["round"]), "kind": kind}
    text = json.dumps(content, ensure_ascii=False).encode()
    return {
        "v": "1",
        **said,
        "k": _text(public.encrypt(key, OAEP)),
        "iv": _text(nonce),
        "c": _text(AESGCM(key).encrypt(nonce, text, _bound(said))),
    }


def unseal(private_key: str, envelope: Mapping[str, object]) -> dict[str, object]:
    """What an envelope holds, once proved to be what it says outside."""
    try:
        wrapped, nonce, sealed = (
            base64.b64decode(str(envelope[name]), validate=True)
            for name in ("k", "iv", "c")
        )
        key = _private(private_key).decrypt(wrapped, OAEP)
        content = json.loads(AESGCM(key).decrypt(nonce, sealed, _bound(envelope)))
    except (
        KeyError,
        ValueError,
        TypeError,
        binascii.Error,
        InvalidTag,
        RecursionError,
    ) as error:
        raise Unreadable from error
    if not isinstance(content, dict):
        raise Unreadable
    if any(content.get(n) != envelope.get(n) for n in ("key", "kind", "round")):
        raise Unreadable
    return content


def _bound(said: Mapping[str, object]) -> bytes:
    return f"v1|{said['kind']}|{said['key']}|{said['round']}".encode()


@lru_cache(maxsize=32)
def _private(sealed: str) -> rsa.RSAPrivateKey:
    """The private key of a round; opening it costs more than using it."""
    content = base64.b64decode(sealed)
    nonce, rest = content[:NONCE_BYTES], content[NONCE_BYTES:]
    private = serialization.load_der_private_key(
        _own_cipher().decrypt(nonce, rest, None), password=None
    )
    assert isinstance(private, rsa.RSAPrivateKey)
    return private


def _own_cipher() -> AESGCM:
    kdf = HKDF(hashes.SHA256(), length=32, salt=None, info=b"jalons.rounds.sealing")
    return AESGCM(kdf.derive(settings.SECRET_KEY.encode()))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
