"""The link by which somebody takes back the story they told."""

from __future__ import annotations

from jalons.mail.links import Signed

LINKS = Signed("jalons.impact.card")
card_token, read_card = LINKS.token_of, LINKS.read
