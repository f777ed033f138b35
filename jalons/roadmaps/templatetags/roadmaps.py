from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.roadmaps import money
from jalons.roadmaps.pages import take_up
from jalons.roadmaps.sources import is_left
from jalons.workshops.models import Workshop

register = template.Library()
register.filter("euros", money.euros)


@register.simple_tag
def example_ribbon() -> SafeString:
    """The band of a roadmap whose territory is invented."""
    return format_html(
        '<aside class="ribbon" aria-label="{}"><p><strong>{}</strong> {}</p></aside>',
        _("Warning"),
        _("Example, SIMULATED."),
        _("Its stakes and its actions are invented."),
    )


@register.simple_tag
def take_up_link(workshop: Workshop) -> SafeString | str:
    """The way from a workshop to a roadmap, as long as something is left to take up."""
    if not is_left(workshop):
        return ""
    words, address = take_up(workshop.meeting.space)
    return format_html('<a href="{}">{}</a>', address, words)
