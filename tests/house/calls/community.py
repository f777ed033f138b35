from __future__ import annotations

from jalons.community import operations, relaying
from jalons.community.models import Mailbox, News, Reply
from jalons.community.secrets import relay_secret
from tests.actors.people import make_actor
from tests.community.network import tell
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A problem of the network with an answer, and a message that everybody reads."""
    news = tell(side.space, f"Panne {side.mark}", by=side.owner)
    reply = operations.answer_news(Reply(news=news, text=side.mark), by=side.owner)
    shown = tell(side.space, "Nouvelle", by=side.owner, kind=News.Kind.NEWS)
    operations.publish_news(shown, by=side.owner)
    space = {"space_pk": side.space.pk}
    one, public = space | {"pk": news.pk}, {"pk": shown.pk}
    given = {"kind": "news", "title": "Nouvelle", "text": "Un atelier"}
    given |= {"around": side.space.territory_id}
    plain = ("echo", "withdraw", "publish", "dismiss")
    names = ("list", "judge", "said", "said_csv")
    return {
        **{f"community:{name}": Call(space) for name in names},
        **{f"community:{name}": Call(one) for name in plain},
        **{f"community:{name}": Call(public) for name in ("public_show",)},
        "community:post": Call(space, post=given),
        "community:show": Call(one, post={"text": "Merci"}),
        "community:report": Call(one, post={"text": "Faux"}),
        "community:public_report": Call(public, post={"text": "Faux"}),
        "community:follow": Call(one, post={"state": "taken", "taken_by": "CPAM"}),
        "community:keep": Call(one, post={"reason": "Trop précis"}),
        "community:withdraw_reply": Call(one | {"reply_pk": reply.pk}),
        **_contact(side),
    }


def _contact(side: Side) -> dict[str, Call]:
    """An address that agreed, for an actor of the space, and its owner's link."""
    actor = make_actor(side.space, f"Joignable {side.mark}", by=side.owner)
    mailbox = Mailbox(space=side.space, actor=actor, address="accueil@exemple.fr")
    relaying.agree(relaying.ask_to_relay(mailbox, by=side.owner))
    other = make_actor(side.space, f"À joindre {side.mark}", by=side.owner)
    space, own = {"space_pk": side.space.pk}, {"secret": relay_secret(mailbox.key)}
    given = {"actor": other.pk, "address": "autre@exemple.fr"}
    written = {"email": "sacha@exemple.fr", "text": "Bonjour"}
    return {
        "community:contact": Call({"pk": mailbox.pk}, post=written),
        "community:agreement": Call({"secret": "A" * 22}, respondent=own),
        "community:mailboxes": Call(space, post=given),
        "community:forget_mailbox": Call(space | {"pk": mailbox.pk}),
    }
