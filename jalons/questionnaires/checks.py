"""Rules that tie the keys of a questionnaire together, each told with its mend.

Here: questions, options, persons. Conditions and points have modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from django.utils.translation import gettext as _

from jalons.analysis.scoring import NONE
from jalons.questionnaires.condition_checks import check_conditions, placed
from jalons.questionnaires.grid_checks import check_grid
from jalons.questionnaires.locator import Path
from jalons.questionnaires.person_checks import check_person
from jalons.questionnaires.problems import Finding
from jalons.questionnaires.scale_checks import Remark, check_scale
from jalons.questionnaires.schema import (
    CONSENT_SUFFIX,
    DONT_KNOW,
    NOT_CONCERNED,
    Definition,
    Option,
    Question,
    Role,
    Shape,
    Text,
)
from jalons.questionnaires.twin_checks import check_twins

TYPE_OF_ROLE: dict[Role, tuple[str, ...]] = {
    "territory": ("territory",),
    "profile": ("single",),
    "sex": ("single",),
    "age": ("single",),
    "sponsorship": ("single",),
    "coordination": ("single",),
    "strategy": ("single",),
    "deployment_fte": ("number",),
    "main_stake": ("single", "multiple"),
    "themes": ("single", "multiple"),
    "sectors": ("single", "multiple"),
    "difficulties": ("single", "multiple"),
    "needs": ("single", "multiple"),
    "quote": ("short_text", "long_text"),
    "contact": ("short_text",),
    "action_contact": ("short_text",),
}
MIN_OPTIONS = 2
OFFERING_DONT_KNOW = ("single", "multiple", "scale", "matrix")


def check(definition: Definition) -> tuple[Finding, ...]:
    """Everything to mend, in the order of the file, then in the points."""
    return (
        *empty_texts(definition),
        *_check_header(definition),
        *_check_codes(definition),
        *_check_questions(definition),
        *check_conditions(definition),
        *_check_profiles(definition),
        *check_grid(definition),
    )


def empty_texts(shape: Shape, path: Path = ()) -> Iterator[Finding]:
    """Texts that lack their French or their English, wherever they stand."""
    for name in type(shape).model_fields:
        value = getattr(shape, name)
        if isinstance(value, Text):
            for wording in ("fr", "en"):
                if not getattr(value, wording):
                    message = _("This text is empty: write it.")
                    on_screen = _empty_on_screen(path, wording)
                    yield Finding((*path, name, wording), message, on_screen)
        elif isinstance(value, Shape):
            yield from empty_texts(value, (*path, name))
        elif isinstance(value, tuple):
            for at, one in enumerate(value):
                if isinstance(one, Shape):
                    yield from empty_texts(one, (*path, name, at))


def _empty_on_screen(path: Path, wording: str) -> str:
    """Which text is empty: in which language, and of which answer or line."""
    is_french = wording == "fr"
    if path[-2:-1] == ("options",):
        message = (
            _("Answer %(n)d has no text in French: write it.")
            if is_french
            else _("Answer %(n)d has no text in English: write it.")
        )
    elif path[-2:-1] == ("rows",):
        message = (
            _("Line %(n)d has no text in French: write it.")
            if is_french
            else _("Line %(n)d has no text in English: write it.")
        )
    elif is_french:
        return _("The text in French is empty: write it.")
    else:
        return _("The text in English is empty: write it.")
    return message % {"n": int(path[-1]) + 1}


def _check_header(definition: Definition) -> Iterator[Finding]:
    if definition.is_reconstruction and definition.reconstruction_note is None:
        message = _("A reconstruction must say how it was made: write this note.")
        yield Finding(("reconstruction_note",), message)
    if definition.reviewer and definition.reviewed_on is None:
        message = _("Give the date of the review, or empty the reviewer.")
        yield Finding(("reviewed_on",), message)
    if definition.reviewed_on and not definition.reviewer:
        message = _("Say who reviewed: an organisation or a role; or remove the date.")
        yield Finding(("reviewer",), message)
    if not definition.sections:
        yield Finding(("sections",), _("Write at least one section."))


def _repeated(codes: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, code in codes:
        if code in seen:
            message = _("The code “%(code)s” is already used: choose another.")
            yield Finding((*path, "code"), message % {"code": code})
        seen.add(code)


def _check_codes(definition: Definition) -> Iterator[Finding]:
    every = list(placed(definition))
    yield from _repeated(
        (("sections", s), section.code) for s, section in enumerate(definition.sections)
    )
    yield from _repeated((path, question.code) for path, question in every)
    for path, question in every:
        yield from _repeated(
            ((*path, "options", o), option.code)
            for o, option in enumerate(question.options)
        )
        yield from _repeated(
            ((*path, "rows", r), row.code) for r, row in enumerate(question.rows)
        )
        if question.code.endswith(CONSENT_SUFFIX):
            message = _("A code may not end in “%(suffix)s”: choose another.")
            yield Finding((*path, "code"), message % {"suffix": CONSENT_SUFFIX})
    yield from _check_roles(every)


def _check_roles(every: list[tuple[Path, Question]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, question in every:
        if question.role is None:
            continue
        if question.role in seen:
            message = _("Another question already holds this role: remove one of them.")
            on_screen = _(
                "Another question already has “What the results make of it” set so: "
                "change one of them."
            )
            yield Finding((*path, "role"), message, on_screen)
        seen.add(question.role)
        types = TYPE_OF_ROLE.get(question.role, (question.type,))
        if question.type not in types:
            message = _("This role needs a question of type %(type)s.")
            on_screen = _(
                "The results cannot make that of a question answered in this way: "
                "change its type, or what the results make of it."
            )
            yield Finding(
                (*path, "role"), message % {"type": " / ".join(types)}, on_screen
            )


def _check_questions(definition: Definition) -> Iterator[Finding]:
    for s, section in enumerate(definition.sections):
        if not section.questions:
            path: Path = ("sections", s, "questions")
            yield Finding(path, _("Write at least one question, or remove this part."))
    for path, question in placed(definition):
        for key, message, *on_screen in chain(
            _check_options(question),
            check_scale(question),
            check_twins(question),
            _check_bounds(question),
            check_person(question),
        ):
            yield Finding((*path, *key), message, *on_screen)


def _check_options(question: Question) -> Iterator[Remark]:
    if question.has_options and len(question.options) < MIN_OPTIONS:
        yield ("options",), _("Write at least two options.")
    if not question.has_options and question.options:
        yield ("options",), _("A question of this type has no options: remove them.")
    if question.allows_dont_know and question.type not in OFFERING_DONT_KNOW:
        message = _("A question of this type does not offer “I do not know”.")
        yield ("allows_dont_know",), message
    if question.max_choices is not None:
        if question.type not in ("multiple", "ranking"):
            message = _("Only a multiple question or a ranking has a maximum.")
            yield ("max_choices",), message
        elif question.max_choices > len(question.options):
            yield ("max_choices",), _("The maximum exceeds the number of options.")
    for o, option in enumerate(question.options):
        if option.code == DONT_KNOW:
            message = _("Remove this option and write allows_dont_know = true instead.")
            on_screen = _("Remove this answer and tick “Offer “I do not know””.")
            yield ("options", o, "code"), message, on_screen
        if option.code == NOT_CONCERNED:
            message = _(
                "Remove this option and write allows_not_concerned = true instead."
            )
            on_screen = _("Remove this answer and tick “Offer “Not concerned””.")
            yield ("options", o, "code"), message, on_screen
        if option.is_exclusive and question.type != "multiple":
            message = _("Only an option of a multiple question can be exclusive.")
            yield ("options", o, "is_exclusive"), message
        if _is_shared_none(question, option):
            message = _("“none” excludes the others: write is_exclusive = true.")
            on_screen = _("This answer says “none”: tick “Excludes the others”.")
            yield ("options", o, "is_exclusive"), message, on_screen
        if _exceeds(option.at_least, option.below):
            message = _("Must not be less than at_least.")
            on_screen = _("A band ends after its beginning: review both numbers.")
            yield ("options", o, "below"), message, on_screen


def _is_shared_none(question: Question, option: Option) -> bool:
    is_none = option.code == NONE and question.type == "multiple"
    return is_none and not option.is_exclusive


def _exceeds(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low > high


KEYS_OF_TYPE = {
    "unit": ("number",),
    "minimum": ("number",),
    "maximum": ("number",),
    "earliest": ("date",),
    "latest": ("date",),
    "max_length": ("short_text", "long_text"),
    "format": ("short_text",),
    "consent": ("short_text", "long_text"),
}


def _check_bounds(question: Question) -> Iterator[Remark]:
    for key, types in KEYS_OF_TYPE.items():
        if getattr(question, key) is not None and question.type not in types:
            message = _("Only for questions of type %(types)s: remove this key.")
            on_screen = _("A question answered in this way has none of this: empty it.")
            yield (key,), message % {"types": " / ".join(types)}, on_screen
    if _exceeds(question.minimum, question.maximum):
        yield ("minimum",), _("Must not exceed the maximum.")
    limits = question.class_limits
    if limits and question.type != "number":
        message = _("Only for questions of type %(types)s: remove this key.")
        yield ("class_limits",), message % {"types": "number"}
    if any(low >= high for low, high in pairwise(limits)):
        message = _("Write these limits from the smallest to the largest, each once.")
        yield ("class_limits",), message
    if question.earliest and question.latest and question.earliest > question.latest:
        yield ("earliest",), _("Must not be later than the latest date.")


def _check_profiles(definition: Definition) -> Iterator[Finding]:
    """A list that depends on the profile is known when its page is drawn."""
    known: tuple[str, ...] = ()
    for s, section in enumerate(definition.sections):
        for q, question in enumerate(section.questions):
            for o, option in enumerate(question.options):
                path = ("sections", s, "questions", q, "options", o, "profiles")
                for code in option.profiles:
                    if code not in known:
                        message = _(
                            "“%(code)s” is not a profile asked on a page before."
                        )
                        on_screen = _(
                            "A profile that this answer is offered to is no longer "
                            "asked on a page before: choose its profiles again."
                        )
                        yield Finding(path, message % {"code": code}, on_screen)
        profiles = [q for q in section.questions if q.role == "profile"]
        known += tuple(code for q in profiles for code in q.option_codes)
