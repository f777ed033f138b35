from __future__ import annotations

import pytest
from django.urls import reverse


class Untouchable:
    """The body of a request that must not be read."""

    def read(self, *size):
        raise AssertionError("the body was read")

    readline = read


def post_announcing(client, size: str):
    return client.generic(
        "POST",
        reverse("front:home"),
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": size, "wsgi.input": Untouchable()},
    )


@pytest.mark.django_db
def test_200_megabytes_are_refused_before_a_byte_is_read(client):
    response = post_announcing(client, "200000000")

    assert response.status_code == 413
    assert "<h1>" in response.text
    assert response.headers["Connection"] == "close"


@pytest.mark.django_db
def test_the_refusal_says_the_limit(client, settings):
    settings.MAX_UPLOAD_BYTES = 3 * 1024 * 1024

    assert "3,0" in post_announcing(client, "200000000").text


@pytest.mark.django_db
@pytest.mark.parametrize("size", ["12", "", "many"])
def test_what_announces_less_goes_its_way(client, size):
    assert post_announcing(client, size).status_code != 413
