"""A provider of identities on loopback, which answers as ProConnect does.

It is `oidc-provider-mock`, with what ProConnect adds: what it says of a person is
signed, and PKCE is checked. A test may make it lie.
"""

from __future__ import annotations

import threading
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from time import time
from typing import Any

import flask
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock import User, app
from werkzeug.serving import make_server

CLIENT = "jalons"


class Provider:
    """What the provider says of each subject, and what it does wrong."""

    def __init__(self) -> None:
        self.url = ""
        self.people: dict[str, dict[str, object]] = {}
        self.signs_answers = True
        self.lies: dict[str, object] = {}
        self.key: Any = None
        self.forger: Any = None
        self.challenges: dict[str, str] = {}

    def answer(self, claims: dict[str, Any]) -> str:
        # Its scopes are named as what they give (`given_name`), unlike the standard.
        whole = claims | self.people[claims["sub"]]
        whole |= {"iss": self.url, "aud": CLIENT, "exp": int(time()) + 60}
        return jwt.encode({"alg": "RS256"}, whole | self.lies, self.forger or self.key)


@contextmanager
def running() -> Iterator[Provider]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        provider = Provider()
        server = make_server("localhost", 0, _site(provider), threaded=True)
        provider.url = f"http://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join(5)
            server.server_close()


def _site(provider: Provider) -> Any:
    site = app(require_nonce=True)

    @site.before_request
    def know() -> Any:
        storage = flask.g.oidc_provider_mock_storage
        provider.key = RSAKey.import_key(storage.jwk.as_dict(is_private=True))
        for subject, claims in provider.people.items():
            storage.store_user(User(sub=subject, claims=dict(claims)))
        asked = flask.request
        if asked.path.endswith("/authorize"):
            provider.challenges["last"] = asked.args.get("code_challenge", "")
        if asked.path.endswith("/token"):
            verifier = asked.form.get("code_verifier", "")
            digest = sha256(verifier.encode()).digest()
            written = urlsafe_b64encode(digest).decode().rstrip("=")
            if written != provider.challenges["last"]:
                return {"error": "invalid_grant"}, 400
        return None

    @site.after_request
    def as_proconnect(response: Any) -> Any:
        path = flask.request.path
        if path.endswith("openid-configuration"):
            known = response.get_json() | {"code_challenge_methods_supported": ["S256"]}
            response.set_data(flask.json.dumps(known))
        if path == "/userinfo" and provider.signs_answers:
            response.set_data(provider.answer(response.get_json()))
            response.mimetype = "application/jwt"
        return response

    return site
