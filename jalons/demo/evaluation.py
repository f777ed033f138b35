"""The evaluation of the example roadmap and a year of its measures; all invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from jalons.accounts.models import User
from jalons.evaluation import measuring, operations, reviewing
from jalons.evaluation.catalogue import read_catalogue
from jalons.evaluation.models import (
    Baseline,
    Box,
    Evaluation,
    Followed,
    Measure,
    Question,
    Review,
    Story,
)
from jalons.files.exports import SIMULATED
from jalons.roadmaps.models import Roadmap

Kind = Box.Kind
SOURCE = f"{SIMULATED}\u00a0: chiffre inventé, pour l’exemple"
PURPOSE = (
    "Savoir si les personnes éloignées du numérique sont aidées près de chez elles, "
    "pour décider avec les élus de la suite (exemple inventé)."
)
THEORY = {
    Kind.VISION: ["Chacun trouve de l’aide près de chez soi (exemple)"],
    Kind.OUTPUT: ["Des créneaux d’aide dans chaque commune", "Des animateurs formés"],
    Kind.OUTCOME: [
        "Les personnes reviennent et font seules une partie de leurs démarches",
        "Les acteurs savent vers qui orienter",
    ],
    Kind.IMPACT: ["Moins de personnes renoncent à leurs droits"],
    Kind.HYPOTHESIS: ["Les gens osent venir si l’aide est près de chez eux"],
    Kind.FACTOR: ["Un guichet public ferme ou ouvre pendant la même année"],
}
FOLLOWED = {
    # Code: (baseline, four quarters, target). Percentages have one decimal.
    "I1": ("0.9", ("0.9", "1.1", "1.1", "1.3"), "1.5"),
    "O1": ("210", ("240", "265", "310", "352"), "500"),
    "R4": ("31.5", (None, "30.0", None, "27.5"), "25"),
    "R8": ("1", ("1", "2", "2", "3"), "5"),
}
QUARTER = timedelta(days=91)


def invent_evaluation(roadmap: Roadmap, officer: User, today: date) -> None:
    """A plan, a year of measures by quarter, a review held a month ago."""
    core = [one.code for one in read_catalogue().indicator if one.is_core]
    evaluation = operations.start_evaluation(roadmap, PURPOSE, core, by=officer)
    _theory(evaluation, officer)
    question = Question(
        evaluation=evaluation,
        kind=Question.Kind.NORMATIVE,
        text="Les personnes les plus éloignées viennent-elles\u00a0?",
        criterion="Un quart au moins des personnes aidées n’étaient jamais venues.",
    )
    operations.add_question(question, by=officer)
    for code in FOLLOWED:
        _follow(evaluation, code, question, officer, today)
    _review(evaluation, officer, today)


def _theory(evaluation: Evaluation, officer: User) -> None:
    """What the roadmap gave stays; the rest follows, each from the one before."""
    for kind, texts in THEORY.items():
        evaluation.refresh_from_db()
        held = list(evaluation.boxes.filter(kind=kind).values_list("text", flat=True))
        operations.write_boxes(
            evaluation, kind, [*held, *texts], version=evaluation.version, by=officer
        )
    chain = (Kind.ACTIVITY, Kind.OUTPUT, Kind.OUTCOME, Kind.IMPACT)
    sources = {}
    for before, after in zip(chain, chain[1:], strict=False):
        first = evaluation.boxes.filter(kind=before).first()
        for box in evaluation.boxes.filter(kind=after, comes_from=None):
            sources[box] = [first] if first else []
    evaluation.refresh_from_db()
    operations.link_boxes(evaluation, sources, version=evaluation.version, by=officer)


def _follow(
    evaluation: Evaluation, code: str, question: Question, officer: User, today: date
) -> None:
    start, quarters, target = FOLLOWED[code]
    followed = Followed.objects.select_related("evaluation__roadmap").get(
        evaluation=evaluation, code=code
    )
    followed.target, followed.target_on = Decimal(target), today + timedelta(days=730)
    followed.question = question
    followed.keeper = "Communauté de communes d’Exemple"
    followed.quality = Followed.Quality.FAIR
    followed.attribution = "D’autres lieux d’aide ont ouvert la même année (exemple)."
    stakes = evaluation.roadmap.stakes.all() if code == "R4" else ()
    operations.save_followed(followed, stakes, version=1, by=officer)
    first = today - 4 * QUARTER
    baseline = Baseline(followed=followed, value=Decimal(start), measured_on=first)
    baseline.source = SOURCE
    measuring.set_baseline(baseline, by=officer)
    for rank, value in enumerate(quarters, start=1):
        measure = Measure(followed=followed, measured_on=first + rank * QUARTER)
        measure.value = Decimal(value) if value else None
        measure.note = "" if value else "Pas d’enquête ce trimestre (exemple)."
        measure.source, measure.origin = SOURCE, Measure.Origin.ENTERED
        measuring.add_measure(measure, by=officer)


def _review(evaluation: Evaluation, officer: User, today: date) -> None:
    review = Review(
        evaluation=evaluation,
        moment=Review.Moment.DURING,
        held_on=today - timedelta(days=30),
        who="Groupe projet, deux centres sociaux, une élue (séance inventée)",
        judgement=(
            "Plus de personnes sont aidées qu’au départ. Nous y avons aidé\u00a0; "
            "l’ouverture d’un nouveau lieu y a sans doute sa part (exemple inventé)."
        ),
        evidence="Chiffres inventés, pour l’exemple.",
        unexpected="Des secrétaires de mairie viennent se former (exemple).",
        negative="Les créneaux du jeudi vident ceux de la médiathèque (exemple).",
        decision="Garder le bus, déplacer le jeudi au mardi (exemple).",
        next_on=today + timedelta(days=335),
    )
    reviewing.add_review(review, by=officer)
    story = Story(
        review=review,
        teller="Une habitante retraitée (récit inventé)",
        domain="Oser",
        text="Je n’ouvrais plus mon courrier en ligne. Maintenant j’essaie, et si je "
        "bloque je sais qui appeler.",
        chosen_because="Le groupe y a lu ce que les chiffres ne disent pas (exemple).",
        is_agreed=True,
    )
    reviewing.keep_story(story, by=officer)
