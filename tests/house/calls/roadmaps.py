from __future__ import annotations

from jalons.roadmaps.models import Inspiration
from jalons.roadmaps.studying import add_inspiration
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_action, make_roadmap, make_stake, make_workstream
from tests.workshops.rooms import make_table, make_workshop

BUDGET = {"budget-TOTAL_FORMS": 0, "budget-INITIAL_FORMS": 0}


def calls(side: Side) -> dict[str, Call]:
    """A roadmap with a line of each kind, and a workshop from which it takes up."""
    owner, mark = side.owner, side.mark
    workshop = make_workshop(side.space, by=owner, title=f"Enjeux {mark}")
    _table, offered, _row = make_table(workshop, by=owner)
    roadmap = make_roadmap(side.space, by=owner, title=f"Feuille de route {mark}")
    stake = make_stake(roadmap, f"Comment aider {mark} ?", by=owner)
    spare = make_stake(roadmap, f"Comment former {mark} ?", by=owner)
    workstream = make_workstream(stake, f"Chantier {mark}", by=owner)
    action = make_action(workstream, f"Action {mark}", by=owner)
    one = {"pk": roadmap.pk}
    on_stake = one | {"stake_pk": stake.pk}
    on_stream = one | {"workstream_pk": workstream.pk}
    on_action = one | {"action_pk": action.pk}
    sheet = {"title": "Titre", "territory_name": "Ici", "horizon_years": 10}
    asked = {"text": "Comment faire ?", "version": 1}
    written = {"title": "Un chantier", "version": 1}
    todo = {"description": "Agir", "status": "planned", "version": 1, **BUDGET}
    tried = Inspiration(workstream=workstream, title=f"Essai {mark}", reason="Oui")
    add_inspiration(tried, by=owner)
    on_inspiration = one | {"inspiration_pk": tried.pk}
    examined = {"title": "Un essai", "verdict": "kept", "reason": "Oui", "version": 1}
    in_space = {"space_pk": side.space.pk}
    return {
        "roadmaps:list": Call(in_space),
        "roadmaps:add": Call(in_space, post=sheet),
        "roadmaps:show": Call(one),
        "roadmaps:edit": Call(one, post=sheet | {"version": 1}),
        "roadmaps:adopt": Call(one, post={"item": offered.pk}),
        "roadmaps:move": Call(one, post={"up": f"stake-{spare.pk}"}),
        "roadmaps:remove": Call(one, post={"row": f"stake-{spare.pk}"}),
        "roadmaps:add_stake": Call(one, post=asked),
        "roadmaps:stake": Call(on_stake, post=asked),
        "roadmaps:add_workstream": Call(on_stake, post=written),
        "roadmaps:workstream": Call(on_stream),
        "roadmaps:edit_workstream": Call(on_stream, post=written),
        "roadmaps:add_action": Call(on_stream, post=todo),
        "roadmaps:export_csv": Call(one),
        "roadmaps:export_json": Call(one),
        "roadmaps:national": Call(one),
        "roadmaps:national_file": Call(one | {"format": "xlsx"}),
        "roadmaps:reliance": Call(one),
        "roadmaps:choose_maps": Call(one, post={"map": ""}),
        "roadmaps:schema": Call(),
        "roadmaps:action": Call(on_action, post=todo),
        "roadmaps:study": Call(on_action, post={"version": 1, "law": "holds"}),
        "roadmaps:add_inspiration": Call(on_stream, post=examined),
        "roadmaps:inspiration": Call(on_inspiration, post=examined),
        "roadmaps:remove_inspiration": Call(on_inspiration),
    }
