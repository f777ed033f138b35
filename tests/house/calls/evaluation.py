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
ASKED = {"text": "Qui vient ?", "kind": "descriptive"}
OWN = {
    "name": "Arrêts",
    "level": "output",
    "definition": "Ceux de l’année",
    "formula": "nombre",
    "unit": "count",
    "direction": "higher",
    "source": "Carnet",
    "frequency": "year",
}
SAID = {"moment": "before", "held_on": "2026-01-20", "judgement": "Départ noté"}
STORY = {"teller": "Une habitante", "domain": "Confiance", "text": "J’ose."}
COMPARED = {"kind": "paired", "lines": "a 1 2"}
START = {"value": "4", "measured_on": "2026-01-15", "source": "Carnet"}
MEASURED = {"value": "5", "measured_on": "2026-02-15", "source": "Carnet"}


def calls(side: Side) -> dict[str, Call]:
    """An evaluation with an indicator of its own, a question and a review."""
    owner, mark = side.owner, side.mark
    roadmap = make_roadmap(side.space, by=owner, title=f"Évaluée {mark}")
    make_stake(roadmap, f"Comment savoir {mark} ?", by=owner)
    evaluation = make_evaluation(roadmap, "P1", by=owner, purpose=f"Pour {mark}")
    followed = make_own(evaluation, by=owner, name=f"Arrêts {mark}")
    question = make_question(evaluation, f"Qui vient {mark} ?", by=owner)
    review = make_review(evaluation, DAY, by=owner, judgement=f"Aidé {mark}")
    one, kept = {"pk": roadmap.pk}, {"version": "1"}
    on_question = one | {"question_pk": question.pk}
    on_indicator, on_review = (
        one | {"followed_pk": followed.pk},
        one | {"review_pk": review.pk},
    )
    on_computed = one | {"followed_pk": evaluation.indicators.get(code="P1").pk}
    return {
        "evaluation:show": Call(one),
        "evaluation:start": Call(one),
        "evaluation:purpose": Call(one, post={"purpose": "Décider"} | kept),
        "evaluation:theory": Call(one),
        "evaluation:links": Call(one, post=kept),
        "evaluation:boxes": Call(
            one | {"kind": "output"}, post={"lines": "40 arrêts"} | kept
        ),
        "evaluation:questions": Call(one, post=ASKED),
        "evaluation:question": Call(on_question, post=ASKED | kept),
        "evaluation:remove_question": Call(on_question),
        "evaluation:choose": Call(one, post={"process": "P2"}),
        "evaluation:own": Call(one, post=OWN),
        "evaluation:stakes": Call(one),
        "evaluation:indicator": Call(on_indicator),
        "evaluation:edit": Call(on_indicator, post={"frequency": "year"} | kept),
        "evaluation:baseline": Call(on_indicator, post=START),
        "evaluation:measure": Call(on_indicator, post=MEASURED),
        "evaluation:retire": Call(
            on_indicator, post={"retired_on": "2026-03-01", "retired_because": "Fini"}
        ),
        "evaluation:load": Call(one),
        "evaluation:export_csv": Call(one),
        "evaluation:export_json": Call(one),
        "evaluation:document": Call(one | {"format": "docx"}),
        "evaluation:compare": Call(one, post=COMPARED),
        "evaluation:compute": Call(on_computed),
        "evaluation:compute_all": Call(one),
        "evaluation:resume": Call(on_indicator),
        "evaluation:add_review": Call(one, post=SAID),
        "evaluation:review": Call(on_review, post=STORY | {"is_agreed": "on"}),
        "evaluation:edit_review": Call(on_review, post=SAID | kept),
    }
