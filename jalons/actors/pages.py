"""What the views of the actors share: forms sent, files handed out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

form_page = require_http_methods(["GET", "HEAD", "POST"])


def hand_out(content: bytes, content_type: str, name: str, suffix: str) -> HttpResponse:
    """A file to keep, under a name that says what it is."""
    response = HttpResponse(content, content_type=content_type)
    file_name = f"{slugify(name)}.{suffix}"
    response.headers["Content-Disposition"] = content_disposition_header(
        True, file_name
    )
    return response
