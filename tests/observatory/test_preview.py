"""The public page as it would be, before anyone else reads it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from jalons.observatory import operations
from tests.factories import make_user

PAGES = ("", "territories", "departements", "crossings", "answers")


def preview_url(example, page=""):
    name = f"observatory:preview_{page}" if page else "observatory:preview"
    return reverse(name, args=[example.campaign.pk])


@pytest.mark.parametrize("part", PAGES)
def test_each_page_says_that_it_is_not_published(example, client, part):
    client.force_login(example.officer)

    content = client.get(preview_url(example, part)).content.decode()

    assert "Aperçu, non publié." in content
    assert '<meta name="robots" content="noindex">' in content
    assert "Pour l’équipe seulement" not in content


@pytest.mark.parametrize("part", PAGES)
def test_the_preview_says_what_the_public_will_read(example, client, part):
    client.force_login(example.officer)
    before = client.get(preview_url(example, part)).content.decode()
    operations.publish(example.campaign, public_from=timezone.now(), by=example.officer)
    name = f"observatory:public_{part}" if part else "observatory:public"

    url = reverse(name, args=[example.campaign.slug])
    after = client.get(url).content.decode()

    assert told(before)
    assert told(before) == told(after)


def told(page: str) -> list[str]:
    """The tables and the sentences of a page, without their links."""
    blocks = re.findall(r"<(table|p|h1|h2|li)\b[^>]*>(.*?)</\1>", page, re.S)
    texts = [re.sub(r"<[^>]+>", " ", inside) for _tag, inside in blocks]
    return [text for text in texts if re.search(r"\d", text) and "Aperçu" not in text]


def test_the_links_of_a_preview_stay_in_the_preview(example, client):
    client.force_login(example.officer)

    content = client.get(preview_url(example)).content.decode()

    assert preview_url(example, "crossings") in content
    assert reverse("observatory:public", args=[example.campaign.slug]) not in content


def test_a_file_of_the_preview_bears_its_name(example, client):
    client.force_login(example.officer)

    response = client.get(preview_url(example, "pdf"))

    assert "apercu-" in response.headers["Content-Disposition"]
    assert "noindex" == response.headers["X-Robots-Tag"]


def test_a_reader_of_the_space_has_no_preview(example, client):
    reader = make_user()
    example.campaign.space.memberships.create(user=reader, role="reader")
    client.force_login(reader)

    assert 403 == client.get(preview_url(example)).status_code
