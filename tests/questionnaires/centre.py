"""A resource centre at work on its own questionnaire."""

from __future__ import annotations

from jalons.questionnaires.models import Draft
from jalons.questionnaires.operations import copy_version
from jalons.spaces.models import Space
from tests.factories import make_space, make_user, make_version


def make_centre(**members) -> Space:
    space = make_space(**members)
    space.kind = Space.Kind.RESOURCE_CENTRE
    space.save()
    return space


def make_draft(space: Space | None = None, title: str = "Notre maturité") -> Draft:
    """A copy of the maturity questionnaire, by an owner of the centre."""
    user = make_user("Claude")
    centre = space or make_centre(owner=user)
    return copy_version(make_version(), centre, title=title, by=user)


def posted(page) -> dict[str, str]:
    """What the form of a page would send as it is shown."""
    form = page.context["form"]
    found = {}
    for field in form:
        value = field.value()
        if (
            field.field.widget.input_type == "checkbox"
            if hasattr(field.field.widget, "input_type")
            else False
        ):
            if value is True:
                found[field.html_name] = "on"
            elif isinstance(value, list | tuple):
                found[field.html_name] = list(value)
        elif value is not None:
            found[field.html_name] = str(value)
    return found
