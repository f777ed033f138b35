from __future__ import annotations

from datetime import date

from tests.evaluation.plans import (
    make_evaluation,
    make_own,
    make_question,
    make_review,
)
from tests.house.calls.call import Call, Side
from tests.roadmaps.plans import make_roadmap, make_stake

DAY = date(2026, 1, 15)


def calls(side: Side) -> dict[str, Call]:
    """An evaluation with an indicator of its own, a question and a review."""
    owner, mark = side.owner, side.mark
    roadmap = make_roadmap(side.space, by=owner, title=f"Évaluée {mark}")
    make_stake(roadmap, f"Comment savoir {mark} ?", by=owner)
    evaluation = make_evaluation(roadmap, "O1", by=owner, purpose=f"Pour {mark}")
    followed = make_own(evaluation, by=owner, name=f"Arrêts {mark}")
    question = make_question(evaluation, f"Qui vient {mark} ?", by=owner)
    review = make_review(evaluation, DAY, by=owner, judgement=f"Aidé {mark}")
    one, kept = {"pk": roadmap.pk}, {"version": "1"}
    on_question = one | {"question_pk": question.pk}
    on_indicator, on_review = (
        one | {"followed_pk": followed.pk},
        one | {"review_pk": review.pk},
    )
    asked = {"text": "Qui vient ?", "kind": "descriptive"}
    own = {
        "name": "Arrêts",
        "level": "output",
        "definition": "Ceux de l’année",
        "formula": "nombre",
        "unit": "count",
        "direction": "higher",
        "source": "Carnet",
        "frequency": "year",
    }
    said = {"moment": "before", "held_on": "2026-01-20", "judgement": "Départ noté"}
    story = {"teller": "Une habitante", "domain": "Confiance", "text": "J’ose."}
    start = {"value": "4", "measured_on": "2026-01-15", "source": "Carnet"}
    measured = {"value": "5", "measured_on": "2026-02-15", "source": "Carnet"}
    return {
        "evaluation:show": Call(one),
        "evaluation:start": Call(one),
        "evaluation:purpose": Call(one, post={"purpose": "Décider"} | kept),
        "evaluation:theory": Call(one),
        "evaluation:links": Call(one, post=kept),
        "evaluation:boxes": Call(
            one | {"kind": "output"}, post={"lines": "40 arrêts"} | kept
        ),
        "evaluation:questions": Call(one, post=asked),
        "evaluation:question": Call(on_question, post=asked | kept),
        "evaluation:remove_question": Call(on_question),
        "evaluation:choose": Call(one, post={"process": "P1"}),
        "evaluation:own": Call(one, post=own),
        "evaluation:stakes": Call(one),
        "evaluation:indicator": Call(on_indicator),
        "evaluation:edit": Call(on_indicator, post={"frequency": "year"} | kept),
        "evaluation:baseline": Call(on_indicator, post=start),
        "evaluation:measure": Call(on_indicator, post=measured),
        "evaluation:retire": Call(
            on_indicator, post={"retired_on": "2026-03-01", "retired_because": "Fini"}
        ),
        "evaluation:resume": Call(on_indicator),
        "evaluation:add_review": Call(one, post=said),
        "evaluation:review": Call(on_review, post=story | {"is_agreed": "on"}),
        "evaluation:edit_review": Call(on_review, post=said | kept),
    }
