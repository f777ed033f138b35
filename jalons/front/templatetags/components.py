"""The few pieces every page is made of; each has its example on /composants/."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as day
from datetime import datetime

from django import template
from django.db.models import BLANK_CHOICE_DASH
from django.forms import BoundField, CheckboxInput
from django.template.defaultfilters import date as django_date
from django.template.defaultfilters import floatformat
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.documents.words import date_format, first_of_month
from jalons.files.licences import TEXTS, name_of
from jalons.hosts.figures import identity
from jalons.spaces.models import Space
from jalons.statements.figures import mention
from jalons.statements.models import Level

register = template.Library()

DASHES = BLANK_CHOICE_DASH[0][1]
STYLESHEETS = ("tokens", "base", "layout", "components")
MOST_FEET = 16
_feet: dict[tuple[object, ...], str] = {}


@register.filter(expects_localtime=True)
def moment(value: datetime | None) -> str:
    """A day and an hour as they are written: “5 mars 2026 à 10 h 12” in French."""
    return date_format(value, _("j F Y, H:i")) if value else ""


@register.simple_tag
def stylesheets() -> SafeString:
    """The five style sheets, the one for print apart."""
    links = [(static(f"css/{name}.css"), "all") for name in STYLESHEETS]
    links.append((static("css/print.css"), "print"))
    return format_html_join(
        "\n  ", '<link rel="stylesheet" href="{}" media="{}">', links
    )


@register.simple_tag
def script(name: str) -> SafeString:
    """A module of `static/js`: `{% script "map" %}`."""
    return format_html(
        '<script type="module" src="{}"></script>', static(f"js/{name}.js")
    )


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> SafeString:
    """The entries of the top menu, the current one said as such."""
    entries = (
        (reverse("directory:find"), _("Find help")),
        (reverse("front:territories"), _("Territories")),
        (reverse("indices:list"), _("Indices")),
        (reverse("observatory:list"), _("Results")),
        (reverse("library:list"), _("Library")),
        (reverse("questionnaires:list"), _("Questionnaires")),
    )
    path = context["request"].path if "request" in context else ""
    return format_html_join(
        "\n",
        '<a href="{}"{}>{}</a>',
        (
            (url, mark_safe(' aria-current="page"' if path == url else ""), text)
            for url, text in entries
        ),
    )


@register.simple_tag
def accessibility_mention() -> SafeString:
    """The mention that the law asks for under every page, and its declaration."""
    words = {
        Level.NONE: _("Accessibility: not compliant"),
        Level.PARTLY: _("Accessibility: partially compliant"),
        Level.WHOLLY: _("Accessibility: fully compliant"),
    }
    url = reverse("statements:accessibility")
    return format_html('<a href="{}">{}</a>', url, words[mention()])


@register.simple_tag
def foot() -> str:
    """What stands under every page; drawn again when anything that it says changes."""
    said = get_language(), identity(), mention()
    drawn = _feet.get(said)
    if drawn is None:
        if len(_feet) >= MOST_FEET:
            _feet.clear()
        drawn = _feet[said] = render_to_string("components/foot.html")
    return drawn


@register.inclusion_tag("components/host.html")
def host_foot() -> dict[str, object]:
    """Who answers for the site and whom to write to, under every page."""
    return {"host": identity()}


@register.inclusion_tag("components/host_contact.html")
def host_contact() -> dict[str, object]:
    """Whom to write to at the host: a function, a name when it agreed."""
    return {"host": identity()}


@register.inclusion_tag("components/write_to_host.html")
def write_to_host(asked: str, subject: str) -> dict[str, object]:
    """Whom to write to at the host for something, the object of the mail filled in."""
    return {"host": identity(), "asked": asked, "subject": subject}


@register.filter
def hosts_site(space: Space) -> bool:
    """Whether this space answers for the site."""
    return identity().space_pk == space.pk


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, object]:
    """A button that reads the same page in the other language."""
    request = context.get("request")
    return {
        "other": "en" if get_language() == "fr" else "fr",
        "next": request.get_full_path() if request else "/",
        "csrf_token": context.get("csrf_token"),
    }


@register.filter("date", expects_localtime=True, is_safe=False)
def date(value: day | str | None, form: str | None = None) -> str:
    """Django's own filter, but for “1er janvier”; loaded everywhere, after it."""
    return first_of_month(django_date(value, form))


@register.filter
def signed(value: float) -> str:
    """A change with its sign, to one decimal at most: `+1,5`, `−1,5`, `0`."""
    rounded = round(value, 1)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return sign + floatformat(abs(rounded), "-1")


@register.simple_block_tag
def callout(content: str, *, title: str = "", tone: str = "info") -> SafeString:
    """A boxed remark; tone is info, attention or good."""
    heading = format_html("<p><strong>{}</strong></p>", title) if title else ""
    return format_html('<div class="callout {}">{}{}</div>', tone, heading, content)


@register.simple_tag
def simulated_ribbon() -> SafeString:
    """The band that no page showing simulated answers may lack."""
    return format_html(
        '<aside class="ribbon" aria-label="{}"><p><strong>{}</strong> {}</p></aside>',
        _("Warning"),
        _("Demonstration, SIMULATED answers."),
        _("Territories and INSEE figures are real; every answer is simulated."),
    )


@register.inclusion_tag("components/field.html")
def field(bound_field: BoundField) -> dict[str, object]:
    """A labelled form field with its help and its errors tied to it."""
    described_by = []
    if bound_field.help_text:
        described_by.append(f"{bound_field.id_for_label}_help")
    if bound_field.errors:
        described_by.append(f"{bound_field.id_for_label}_error")
    attributes: dict[str, str | bool] = {}
    if described_by:
        attributes["aria-describedby"] = " ".join(described_by)
    if bound_field.errors:
        attributes["aria-invalid"] = "true"
    return {
        "field": bound_field,
        "widget": _worded(bound_field.as_widget(attrs=attributes), bound_field),
        "is_group": bound_field.field.widget.use_fieldset,
        # A box is left empty as one likes: it is never called optional.
        "is_box": isinstance(bound_field.field.widget, CheckboxInput),
    }


def _worded(widget: SafeString, bound_field: BoundField) -> SafeString:
    """The nine dashes by which Django says that nothing is chosen, in words."""
    words = _("Choose…") if bound_field.field.required else "–"
    return SafeString(widget.replace(f">{DASHES}<", f">{words}<"))


@register.inclusion_tag("components/facts.html")
def facts(items: Iterable[object]) -> dict[str, object]:
    """A row of figures: each item has `label`, `value`, `unit` and `note`."""
    return {"items": items}


@register.inclusion_tag("components/legend.html")
def legend(items: Iterable[object]) -> dict[str, object]:
    """The key of a map: each item has `label` and `swatch` (its SVG)."""
    return {"items": items}


@register.simple_tag
def reuse(code: str) -> SafeString:
    """Under which licence this may be used again, or that nobody said it."""
    if not code:
        words = _("Reuse: no licence is said; ask whoever published it.")
        return format_html("{}", words)
    name, address = name_of(code), TEXTS.get(code)
    if address is None:
        return format_html("{} {}", _("Reuse:"), name)
    return format_html(
        '{} <a href="{}" rel="license">{}</a>', _("Reuse:"), address, name
    )


@register.simple_block_tag
def figure_source(content: str) -> SafeString:
    """Where a figure comes from, one click away."""
    return format_html(
        '<details class="source"><summary>{}</summary>{}</details>',
        _("Where does this figure come from?"),
        content,
    )
