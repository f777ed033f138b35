"""The network of the demonstration: invented messages, and what readers propose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from jalons.accounts.models import User
from jalons.actors.models import Actor
from jalons.community import operations, relaying
from jalons.community.models import Mailbox, News, Reply
from jalons.demo.places import KINDS
from jalons.groups.models import Group
from jalons.resources import operations as resources
from jalons.resources.models import Proposal
from jalons.resources.operations import Given
from jalons.spaces.models import Space
from jalons.territories.models import Territory

TOWN = "24322"
Kind = News.Kind
RESOURCE: dict[str, object] = {
    "title": "Apprivoiser son mot de passe (exemple simulé)",
    "summary": "Une fiche d’exemple, pour choisir, retenir, ne pas dire.",
    "url": "https://exemple.fr/mots-de-passe",
    "kind": "guide",
    "licence": "by_sa",
    "themes": ["quotidien"],
    "made_by": "Réseau d’Exemple",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A message that nobody wrote: by which actor, how many days ago."""

    kind: News.Kind
    title: str
    text: str
    actor: int
    days: int
    themes: list[str] = field(default_factory=list)
    is_public: bool = False


MESSAGES = (
    Told(
        Kind.PROBLEM,
        "Le code par SMS n’arrive pas aux personnes sans mobile",
        "Plusieurs démarches demandent un code reçu par SMS. Que proposer à ceux qui "
        "n’ont qu’un téléphone fixe\u202f?",
        0,
        150,
        ["demarches"],
    ),
    Told(
        Kind.PROBLEM,
        "Plus de créneau avant trois semaines",
        "Les rendez-vous sont pleins dans deux lieux sur trois.",
        1,
        60,
        ["demarches", "quotidien"],
    ),
    Told(
        Kind.PROBLEM,
        "Le réseau mobile manque dans les hameaux",
        "Le bus ne capte pas à deux arrêts sur huit.",
        2,
        30,
        ["acces"],
    ),
    Told(
        Kind.QUESTION,
        "Qui prête des ordinateurs\u202f?",
        "Une association cherche dix ordinateurs pour un atelier en janvier.",
        3,
        12,
        ["materiel"],
    ),
    Told(
        Kind.NEWS,
        "Un atelier le samedi matin à la médiathèque",
        "Chaque premier samedi, de 10 h à 12 h, sans inscription.",
        1,
        8,
        ["quotidien"],
        is_public=True,
    ),
    Told(
        Kind.RESOURCE,
        "Une fiche pour lire une adresse de site",
        "Elle tient sur une page et s’imprime en grand.",
        3,
        3,
        ["securite"],
    ),
)


def invent_messages(made: list[Actor], officer: User) -> list[News]:
    """Three problems, one of which is solved, and what else a network tells."""
    news = [_tell(one, made[one.actor], officer) for one in MESSAGES]
    operations.follow_problem(
        news[0],
        News.State.SOLVED,
        taken_by="CCAS de la Vallée (exemple)",
        done="Le code peut être reçu par appel vocal sur un téléphone fixe (simulé).",
        by=officer,
    )
    operations.follow_problem(
        news[1],
        News.State.TAKEN,
        taken_by="Intercommunalité d’Exemple",
        done="",
        by=officer,
    )
    reply = Reply(news=news[3], text="Nous en avons six, à partir du 10 (simulé).")
    operations.answer_news(reply, by=officer)
    operations.echo_news(news[2], by=officer)
    return news


def _tell(one: Told, actor: Actor, officer: User) -> News:
    news = News(
        space=actor.space,
        kind=one.kind,
        title=one.title,
        text=one.text,
        territory=actor.space.territory,
        themes=one.themes,
        actor=actor,
        posted_at=timezone.now() - timedelta(days=one.days),
        is_simulated=True,
    )
    operations.post_news(news, to_all=one.is_public, by=officer)
    if one.is_public:
        operations.publish_news(news, by=officer)
    return news


def invent_mailbox(group: Group, officer: User) -> Mailbox:
    """A group that may be written to, at an address that receives nothing."""
    mailbox = Mailbox(
        space=group.space, group=group, address="reseau.exemple@exemple.invalid"
    )
    relaying.ask_to_relay(mailbox, by=officer)
    relaying.agree(mailbox)
    return mailbox


def invent_proposals(space: Space, officer: User) -> list[Proposal]:
    """A place much like one that is there, one that is new, a resource accepted."""
    town = Territory.objects.get(code=TOWN)
    known = KINDS[0]
    alike: dict[str, object] = {
        "name": f"{known['nom']} (nouveaux horaires)",
        "address": known["adresse"],
        "opening": "Tu-Fr 10:00-12:30,14:00-19:00; Sa 10:00-17:00",
        "services": ["quotidien", "acces"],
    }
    new: dict[str, object] = {
        "name": "Café associatif d’Exemple",
        "address": "9 rue de l’Exemple",
        "opening": "Fr 17:00-20:00",
        "services": ["quotidien"],
        "summary": "Lieu inventé\u202f: une table, deux ordinateurs, du café.",
    }
    place, other = (_propose(town, given) for given in (alike, new))
    resource = resources.propose(
        Given(
            kind=Proposal.Kind.RESOURCE,
            title=str(RESOURCE["title"]),
            commune=town,
            content=RESOURCE,
            is_simulated=True,
            same=(str(RESOURCE["url"]),),
        )
    )
    resources.accept_resource(resource, space=space, by=officer)
    return [place, other, resource]


def _propose(town: Territory, content: dict[str, object]) -> Proposal:
    given = Given(
        kind=Proposal.Kind.PLACE,
        title=str(content["name"]),
        commune=town,
        content=content | {"postcode": "24000"},
        is_simulated=True,
        same=(str(content["name"]), town.pk),
    )
    return resources.propose(given)
