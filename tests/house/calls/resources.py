from __future__ import annotations

from django.core.files.base import ContentFile

from jalons.accounts.models import Link
from jalons.accounts.operations import give_link
from jalons.directory.models import PlaceList
from jalons.files import operations as files
from jalons.library.definitions import Content
from jalons.resources import operations
from jalons.resources.models import Proposal, Resource
from jalons.resources.operations import Given
from tests.directory.places import LIBOURNE, make_commune, make_place
from tests.house.calls.call import Call, Side

DESCRIBED = {
    "summary": "Une fiche",
    "url": "https://exemple.fr/",
    "kind": "guide",
    "licence": "open",
    "themes": [],
    "made_by": "Réseau",
}


def calls(side: Side) -> dict[str, Call]:
    """A proposal of each kind, a resource with its file, and a place to complete."""
    lists = PlaceList.objects.create(
        name=f"Proposés {side.mark}", is_simulated=False, space=side.space
    )
    place = make_place(place_list=lists, name="Lieu complété")
    proposal, other, _initiative = (_proposal(side, kind) for kind in Proposal.Kind)
    link, secret = give_link(Link.Purpose.PROPOSAL, expires_at=None)
    Proposal.objects.filter(pk=other.pk).update(link=link)
    resource = Resource(space=side.space, stored=_file(), title="Fiche", **DESCRIBED)
    operations.publish_resource(resource, by=side.owner)
    space = {"space_pk": side.space.pk}
    one = space | {"pk": proposal.pk}
    given = {"name": "Lieu", "postcode": "33000", "locality": "33063"}
    return {
        "resources:propose_place": Call(post=given | {"services": ["demarches"]}),
        "resources:propose_resource": Call(
            post=DESCRIBED
            | {"title": "Fiche", "postcode": "33000", "locality": "33063"}
        ),
        "resources:propose_initiative": Call(
            post={
                "title": "Un bus",
                "summary": "Un bus équipé",
                "problem": "Loin de tout",
                "solution": "Un bus",
                "postcode": "33000",
                "locality": "33063",
            }
        ),
        "resources:follow": Call({"secret": "A" * 22}, respondent={"secret": secret}),
        **{f"resources:{n}": Call({"pk": resource.pk}) for n in ("show", "file")},
        "resources:queue": Call(space),
        "resources:add": Call(space, post=DESCRIBED | {"title": "Fiche"}),
        "resources:pass_on": Call(one),
        **{f"resources:{name}": Call(one) for name in ("read", "accept")},
        "resources:merge": Call(
            one | {"place_pk": place.pk}, post={"champs": ["services"]}
        ),
        "resources:refuse": Call(one, post={"reason": "Fermé"}),
        "resources:ask": Call(one, post={"question": "Quel étage ?"}),
        "resources:proposed_file": Call(space | {"pk": other.pk}),
        "resources:withdraw": Call(space | {"pk": resource.pk}),
    }


def _file():
    upload = ContentFile(b"%PDF-1.4", name="fiche.pdf")
    return files.receive(upload, kind="resource")


def _proposal(side: Side, kind: Proposal.Kind) -> Proposal:
    commune = make_commune(*LIBOURNE)
    told = Content(title=f"Fiche {side.mark}", summary="Un bus").stored()
    named = {"name": f"Lieu {side.mark}", "services": ["demarches"]}
    described = named | DESCRIBED | {"title": f"Fiche {side.mark}"}
    given = Given(
        kind=kind,
        title=f"Proposition {side.mark}",
        commune=commune,
        content=told if kind == Proposal.Kind.INITIATIVE else described,
        email="camille@exemple.fr",
        stored=_file() if kind == Proposal.Kind.RESOURCE else None,
        same=(kind, side.mark),
    )
    proposal = operations.propose(given)
    proposal.space = side.space
    operations.confirm_email(proposal)
    proposal.save()
    return proposal
