"""Sign-in by ProConnect, the State's identity for professionals: OpenID Connect.

Offered when `JALONS_PROCONNECT_URL` and the identifier given by ProConnect are set;
otherwise nothing is asked of the network. What is asked: the code flow with `state`,
`nonce` and, where the provider says it knows it, PKCE. What comes back signed is
checked with its published keys (the identity token, and the answers about the person,
which ProConnect signs too); anything else is refused.
"""

from __future__ import annotations

import json
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from time import time
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

SCOPES = "openid given_name usual_name email"
# Never `none`, and no secret shared with the provider.
ALGORITHMS = ["RS256", "ES256"]
SECONDS = 10
LONGEST_ANSWER = 200_000
# Clocks of two machines differ.
LEEWAY = 60


class Unavailable(Exception):
    """ProConnect did not answer, or not as it says it does."""


class Refused(Exception):
    """What came back does not prove who the person is."""


@dataclass(frozen=True, slots=True)
class Agent:
    """What ProConnect says of a person; the address is said, not proved."""

    issuer: str
    subject: str
    email: str
    name: str
    token: str
    siren: str = ""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


_opener = build_opener(_NoRedirect)


def is_offered() -> bool:
    return bool(settings.PROCONNECT_URL and settings.PROCONNECT_CLIENT_ID)


def begin(redirect_uri: str) -> tuple[str, dict[str, str]]:
    """Where to send the browser, and what its session keeps meanwhile."""
    known = _configuration()
    kept = {
        "state": secrets.token_urlsafe(32),
        "nonce": secrets.token_urlsafe(32),
        "redirect_uri": redirect_uri,
    }
    asked = {
        "response_type": "code",
        "client_id": settings.PROCONNECT_CLIENT_ID,
        "scope": f"{SCOPES} siret" if settings.PROCONNECT_SIRET else SCOPES,
        **kept,
    }
    # ProConnect refuses a parameter that it does not know.
    if "S256" in known.get("code_challenge_methods_supported", ()):
        kept["verifier"] = secrets.token_urlsafe(48)
        digest = sha256(kept["verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        asked |= {"code_challenge": challenge, "code_challenge_method": "S256"}
    return f"{known['authorization_endpoint']}?{urlencode(asked)}", kept


def finish(kept: dict[str, str], *, state: str, code: str) -> Agent:
    """Who came back, once all that the provider signed is checked."""
    if not code or not secrets.compare_digest(state.encode(), kept["state"].encode()):
        raise Refused("state")
    known = _configuration()
    keys = _keys(known)
    tokens = _tokens(known, kept, code)
    claims = _checked(tokens.get("id_token"), keys, known)
    if claims.get("nonce") != kept["nonce"]:
        raise Refused("nonce")
    told = _told(known, keys, str(tokens.get("access_token")))
    if not claims.get("sub") or told.get("sub") != claims["sub"]:
        raise Refused("sub")
    names = (told.get("given_name"), told.get("usual_name") or told.get("family_name"))
    return Agent(
        issuer=str(known["issuer"]),
        subject=str(claims["sub"]),
        email=str(told.get("email") or "").strip().lower(),
        name=" ".join(str(each) for each in names if each),
        token=str(tokens["id_token"]),
        siren=_siren(told.get("siret")),
    )


def _siren(siret: object) -> str:
    """The organisation of an establishment; nothing more is kept of it."""
    digits = "".join(str(siret or "").split())
    return digits[:9] if re.fullmatch(r"[0-9]{14}", digits) else ""


def end(token: str, *, state: str, back: str) -> str:
    """Where the browser goes to sign out of ProConnect too; "" when there is none."""
    address = _configuration().get("end_session_endpoint")
    if not address:
        return ""
    said = {"id_token_hint": token, "state": state, "post_logout_redirect_uri": back}
    return f"{address}?{urlencode(said)}"


def _configuration() -> dict[str, Any]:
    """What the provider publishes of itself, for the issuer that we were told of."""
    issuer = settings.PROCONNECT_URL
    found = _json(Request(f"{issuer}/.well-known/openid-configuration"))
    if found.get("issuer", "").rstrip("/") != issuer:
        raise Unavailable("issuer")
    for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint"):
        if urlsplit(str(found.get(name))).scheme != urlsplit(issuer).scheme:
            raise Unavailable(name)
    return found


def _keys(known: dict[str, Any]) -> KeySet:
    try:
        return KeySet.import_key_set(_json(Request(known["jwks_uri"])))  # type: ignore[arg-type]
    except (JoseError, KeyError, ValueError) as error:
        raise Unavailable("keys") from error


def _tokens(known: dict[str, Any], kept: dict[str, str], code: str) -> dict[str, Any]:
    sent = {
        "grant_type": "authorization_code",
        "client_id": settings.PROCONNECT_CLIENT_ID,
        "client_secret": settings.PROCONNECT_CLIENT_SECRET,
        "redirect_uri": kept["redirect_uri"],
        "code": code,
    }
    if "verifier" in kept:
        sent["code_verifier"] = kept["verifier"]
    return _json(Request(known["token_endpoint"], data=urlencode(sent).encode()))


def _told(known: dict[str, Any], keys: KeySet, access: str) -> dict[str, Any]:
    """What is said of the person: signed by ProConnect, plain by some others."""
    header = {"Authorization": f"Bearer {access}"}
    kind, body = _read(Request(known["userinfo_endpoint"], headers=header))
    if kind == "application/jwt":
        return _checked(body.decode("ascii", "replace"), keys, known, is_short=False)
    return _object(body)


def _checked(
    token: object, keys: KeySet, known: dict[str, Any], *, is_short: bool = True
) -> dict[str, Any]:
    """The claims of a token that this provider signed, for us, and in time."""
    try:
        claims = jwt.decode(str(token), keys, algorithms=ALGORITHMS).claims
        registry = jwt.JWTClaimsRegistry(
            now=int(time()),
            leeway=LEEWAY,
            iss={"essential": True, "value": known["issuer"]},
            aud={"essential": True, "value": settings.PROCONNECT_CLIENT_ID},
            exp={"essential": is_short},
        )
        registry.validate(claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Refused("signature") from error
    return dict(claims)


def _json(request: Request) -> dict[str, Any]:
    return _object(_read(request)[1])


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError as error:
        raise Unavailable("json") from error
    if not isinstance(found, dict):
        raise Unavailable("json")
    return found


def _read(request: Request) -> tuple[str, bytes]:
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            body = answer.read(LONGEST_ANSWER + 1)
            kind = answer.headers.get_content_type()
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise Unavailable(str(error)) from error
    if len(body) > LONGEST_ANSWER:
        raise Unavailable("too long")
    return kind, body
