"""A page of questions stays light: an old phone on a slow network reads it."""

from __future__ import annotations

import re
import uuid

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from jalons.surveys import operations
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db

BUDGET = 30_000


def _weight(html: str) -> int:
    """Bytes on the wire: the page, its style sheets and its scripts, by brotli."""
    files = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html)
    texts = [html.encode()]
    for file in files:
        with open(str(finders.find(file)), "rb") as stream:
            texts.append(stream.read())
    assert len(files) >= 4
    return sum(len(brotli.compress(text)) for text in texts)


def _pages(client, campaign):
    yield "notice", client.get(reverse("surveys:notice", args=[campaign.slug]))
    response, secret = operations.open_draft(campaign, key=uuid.uuid4())
    operations.choose_territory(response, campaign.territories.first().pk)
    for section in campaign.version.read().sections:
        address = [campaign.slug, secret, section.code]
        yield section.code, client.get(reverse("surveys:answer", args=address))
    for name in ("resume", "territory", "review"):
        address = reverse(f"surveys:{name}", args=[campaign.slug, secret])
        yield name, client.get(address)


def test_every_page_of_the_form_fits_the_budget(client):
    campaign = make_campaign()

    weights = {
        name: _weight(page.content.decode()) for name, page in _pages(client, campaign)
    }

    assert len(weights) == 4 + len(campaign.version.read().sections)
    assert max(weights.values()) <= BUDGET, weights
