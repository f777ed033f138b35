from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.margins.figures import open_by_line
from jalons.roadmaps.models import Roadmap

register = template.Library()


@register.simple_tag
def open_comments(roadmap: Roadmap) -> Counter[str]:
    """How many comments wait, by line: `{% open_comments roadmap as said %}`."""
    return open_by_line(roadmap)


@register.simple_tag
def margin(
    said: Mapping[str, int], roadmap: Roadmap, kind: str, pk: int, code: str | int
) -> SafeString:
    """The link to what is said of a line: `{% margin said roadmap "stake" 3 "1" %}`."""
    name = f"{kind}-{pk}"
    count = said.get(name, 0)
    words = (
        ngettext("%(n)s comment", "%(n)s comments", count) % {"n": count}
        if count
        else _("Comment")
    )
    address = reverse("margins:line", args=[roadmap.pk, name])
    return format_html(
        '<a href="{}">{}<span class="visually-hidden"> · {}</span></a>',
        address,
        words,
        code,
    )
