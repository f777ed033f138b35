from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jalons.roadmaps import money

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
