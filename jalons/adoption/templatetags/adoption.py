from __future__ import annotations

from django import template

from jalons.adoption.figures import adopted_lately
from jalons.adoption.models import Adoption
from jalons.roadmaps.models import Roadmap

register = template.Library()


@register.simple_tag
def adopted(roadmap: Roadmap) -> Adoption | None:
    """Its last adoption, or None: `{% adopted roadmap as adoption %}`."""
    return adopted_lately([roadmap]).get(roadmap.pk)
