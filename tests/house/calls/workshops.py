from __future__ import annotations

from jalons.workshops import access, joining, sending
from jalons.workshops.minutes import draft_minutes
from jalons.workshops.models import Workshop
from jalons.workshops.operations import show_results
from tests.house.calls.call import Call, Side
from tests.meetings.gatherings import make_meeting
from tests.workshops.rooms import comes, make_table, make_workshop, says

KEY = "5a3d5e7e-7a3e-4e8e-9a55-0c8a3f1f00aa"


def calls(side: Side) -> dict[str, Call]:
    """A workshop that is open, two ideas, a telephone, and somebody without one."""
    bare = make_meeting(side.space, f"Sans déroulé {side.mark}", by=side.owner)
    workshop = make_workshop(side.space, by=side.owner, title=f"Atelier {side.mark}")
    person, secret = comes(workshop, f"Amina {side.mark}")
    wall = workshop.current
    assert wall is not None
    idea = says(wall, person, f"Idée {side.mark}")
    says(wall, person, "Autre idée")
    show_results(wall, by=side.owner)
    rose = joining.enter_person(workshop, f"Rose {side.mark}", "", host=None)
    space = {"space_pk": side.space.pk}
    one = space | {"pk": workshop.pk}
    on_wall = one | {"activity_pk": wall.pk}
    matrix = workshop.activities.get(kind="matrix")
    on_matrix = one | {"activity_pk": matrix.pk}
    table, stake, first = make_table(workshop, by=side.owner)
    on_table = one | {"activity_pk": table.pk}
    added = {"act": "workstream", "item": stake.pk, "text": "Bus", "key": KEY}
    written = {"act": "cell", "item": first.pk, "column": "actions", "base": 0}
    written |= {"text": "Un bus", "key": KEY}
    given = {"title": "Titre", "question": "Que faire ?", "minutes": 5}
    given |= {"form": "single", "dots": 5, "dots_cap": 3, "order": "impact", "top": 0}
    sent = {"act": "idea", "text": "La fibre", "key": KEY}
    aside = {"act": "aside", "item": idea.pk}

    def by_link(post: dict | None = None) -> Call:
        unknown = {"secret": "AAAAAAAAAAAAAAAAAAAAAA"}
        return Call(unknown, post=post or {}, respondent={"secret": secret})

    return _afterwards(workshop, side) | {
        "workshops:prepare": Call(space | {"pk": bare.pk}, post={"sheet": "blank"}),
        "workshops:console": Call(one),
        "workshops:steer": Call(one, post={"act": "close"}),
        "workshops:stage": Call(one),
        "workshops:add_activity": Call(one, post=given | {"kind": "poll"}),
        "workshops:edit_activity": Call(on_wall, post=given),
        "workshops:wall": Call(on_wall, post=aside),
        "workshops:paper": Call(on_matrix, post={"people": ""}),
        "workshops:workstreams": Call(on_table, post=added),
        "workshops:workstream": Call(on_table | {"item_pk": first.pk}, post=written),
        "workshops:tables": Call(one, post={"act": "tables", "titles": "Table 1"}),
        "workshops:people": Call(one, post={"alias": "Jean"}),
        "workshops:person": Call(one | {"person_pk": rose.pk}, post=sent),
        "workshops:replay": Call(one),
        "workshops:stakes": Call(on_matrix, post={"act": "hand"}),
        "workshops:join": Call(
            {"code": "IIIIII"},
            post={"alias": "Luc"},
            respondent={"code": workshop.code},
        ),
        "workshops:pocket": by_link(),
        "workshops:send": by_link(sent),
        "workshops:neighbour": by_link({"alias": "Jean"}),
    }


def _afterwards(workshop: Workshop, side: Side) -> dict[str, Call]:
    """What is taken from a workshop, and its minutes, sent to one person."""
    minutes = draft_minutes(workshop, by=side.owner)
    sending.note_readers(workshop, ["rose@exemple.fr"], by=side.owner)
    sending.send_minutes(minutes, by=side.owner)
    one = {"space_pk": side.space.pk, "pk": workshop.pk}
    wall = workshop.activities.get(kind="wall")
    on_wall = one | {"activity_pk": wall.pk}
    read = Call({"secret": "x"}, respondent={"secret": access.secret_of(minutes)})
    return {
        "workshops:minutes": Call(one, post={"version": 1}),
        "workshops:minutes_file": Call(one | {"format": "docx"}),
        "workshops:minutes_readers": Call(one, post={"addresses": "luc@exemple.fr"}),
        "workshops:minutes_read": read,
        "workshops:minutes_read_file": read,
        "workshops:export": Call(one),
        "workshops:sheet": Call(one),
        "workshops:on_paper": Call(one),
        "workshops:print_file": Call(on_wall | {"code": "cartes"}),
        "workshops:keying": Call(on_wall, post={"sheet": 4, "texts": "La fibre"}),
        "workshops:export_xlsx": Call(one),
        "workshops:export_json": Call(one),
    }
