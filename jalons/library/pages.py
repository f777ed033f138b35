"""What the pages with a form share."""

from __future__ import annotations

from django.views.decorators.http import require_http_methods

form_page = require_http_methods(["GET", "HEAD", "POST"])
"""A page that is read, and sent back to itself."""
