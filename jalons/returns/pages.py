"""What page and file share, whoever reads them."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from jalons.documents import render as make_file
from jalons.returns.documents import document
from jalons.returns.reading import Reading


def pdf(shown: Reading) -> HttpResponse:
    """The return as a tagged PDF of one page or two, kept from search engines."""
    response = HttpResponse(
        make_file(document(shown), "pdf"), content_type="application/pdf"
    )
    name = f"retour-{shown.campaign.slug}-{shown.territory.pk}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
