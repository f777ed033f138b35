"""Do conditions rest on answers given before, and lead nowhere back?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jalons.questionnaires.locator import Path
from jalons.questionnaires.problems import Finding
from jalons.questionnaires.schema import DECIDING, Definition, Question, ShowIf


def placed(definition: Definition) -> Iterator[tuple[Path, Question]]:
    for s, section in enumerate(definition.sections):
        for q, question in enumerate(section.questions):
            yield ("sections", s, "questions", q), question


def check_conditions(definition: Definition) -> Iterator[Finding]:
    yield from _check_circles(definition)
    earlier: dict[str, Question] = {}
    for s, section in enumerate(definition.sections):
        path: Path = ("sections", s)
        yield from _check_condition(path, section.show_if, earlier, definition)
        for q, question in enumerate(section.questions):
            here = (*path, "questions", q)
            yield from _check_condition(here, question.show_if, earlier, definition)
            earlier[question.code] = question


def _check_circles(definition: Definition) -> Iterator[Finding]:
    """Conditions that lead back to where they start: nobody would be asked."""
    leads = {
        q.code: q.show_if.question
        for q in definition.questions
        if q.show_if is not None
    }
    for path, question in placed(definition):
        way = [question.code]
        while (found := leads.get(way[-1])) and found not in way:
            way.append(found)
        if found == question.code:
            message = _(
                "These conditions go round in a circle: %(way)s. Take one of them "
                "away, or nobody would ever be asked these questions."
            )
            whole = [*way, found]
            titles = [_titled(definition, code) for code in whole]
            yield Finding(
                (*path, "show_if", "question"),
                message % {"way": " → ".join(whole)},
                message % {"way": " → ".join(titles)},
            )


def _titled(definition: Definition, code: str) -> str:
    """A question by its words, for who writes it on screen."""
    question = definition.question(code)
    text = question.text.in_language(get_language() or "fr") if question else ""
    return _("“%(title)s”") % {"title": text or code}


def _check_condition(
    path: Path,
    condition: ShowIf | None,
    earlier: dict[str, Question],
    definition: Definition,
) -> Iterator[Finding]:
    if condition is None:
        return
    path = (*path, "show_if")
    asked = earlier.get(condition.question)
    if asked is None:
        message = _("“%(code)s” is not a question asked before this one.")
        if definition.question(condition.question) is None:
            on_screen = _(
                "The condition rests on a question that is no longer in the "
                "questionnaire: choose another one, or take the condition away."
            )
        else:
            on_screen = _(
                "%(title)s is not asked before: move it, or change the condition."
            )
        yield Finding(
            (*path, "question"),
            message % {"code": condition.question},
            on_screen % {"title": _titled(definition, condition.question)},
        )
        return
    if not condition.any_of or not asked.may_decide:
        message = _("Name at least one option of a question of type %(types)s.") % {
            "types": " / ".join(DECIDING)
        }
        on_screen = _(
            "The condition rests on %(title)s, which offers no answer to choose: "
            "change the condition."
        )
        title = _titled(definition, condition.question)
        yield Finding((*path, "any_of"), message, on_screen % {"title": title})
        return
    for i, code in enumerate(condition.any_of):
        if code not in asked.option_codes:
            message = _(
                "“%(code)s” is not an option of %(question)s; choose from: %(codes)s."
            )
            details = {
                "code": code,
                "question": asked.code,
                "codes": ", ".join(asked.option_codes),
            }
            on_screen = _(
                "An answer that the condition names is no longer offered by %(title)s: "
                "choose again."
            ) % {"title": _titled(definition, asked.code)}
            yield Finding((*path, "any_of", i), message % details, on_screen)
