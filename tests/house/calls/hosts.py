from __future__ import annotations

from django.utils import timezone

from jalons.hosts.models import ONLY, Host, Profile
from jalons.spaces.models import Space
from tests.adoption.pictures import raster
from tests.factories import make_space
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """Our space hosts the site: a version that all read, and a draft; theirs too."""
    now = timezone.now()
    # The first side hosts the site, even beside a demonstration that has its host.
    if not Host.objects.filter(space__name__startswith="Équipe").exists():
        given = {"space": side.space, "named_at": now}
        Host.objects.update_or_create(pk=ONLY, defaults=given)
    said = {
        "name": f"Centre {side.mark}",
        "contact_function": f"Accueil {side.mark}",
        "contact_email": f"{side.mark.lower()}@exemple.fr",
    }
    kept = {"space": side.space, "written_at": now, "logo": raster(), "logo_alt": "Un"}
    read = Profile.objects.create(**said, **kept, published_at=now)
    Profile.objects.create(**said, **kept)
    centre = make_space(territory=side.space.territory)
    centre.kind = Space.Kind.RESOURCE_CENTRE
    centre.save()
    return {
        "hosts:edit": Call(post=said),
        "hosts:version": Call({"pk": read.pk}),
        "hosts:bring_back": Call({"pk": read.pk}),
        "hosts:choose": Call(post={"space": centre.pk}),
    }
