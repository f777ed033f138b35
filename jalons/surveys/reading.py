"""What respondents read of their own answer: pages, words, points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jalons.analysis.scoring import Range, classify
from jalons.questionnaires import answers as rules
from jalons.questionnaires.answers import CONSENTED, Answers, in_words
from jalons.questionnaires.definitions import Definition, Question, Section
from jalons.questionnaires.grids import grid_of
from jalons.surveys import figures
from jalons.surveys.models import Campaign, Response

TERRITORY, REVIEW = "territory", "review"
"""The two steps that are not pages of the questionnaire, by URL name."""


@dataclass(frozen=True, slots=True)
class About:
    """What a questionnaire says of itself before one starts."""

    title: str
    description: str
    minutes: int
    reconstruction_note: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the questionnaire, and how far it is answered."""

    code: str
    title: str
    intro: str
    number: int
    count: int = 0
    may_be_fewer: bool = False
    asked: int = 0
    answered: int = 0
    is_missing: bool = False

    @property
    def is_to_do(self) -> bool:
        return self.is_missing or (self.asked > 0 and self.answered == 0)


@dataclass(frozen=True, slots=True)
class Said:
    """One question as it was answered; an empty answer is a question left blank."""

    question: str
    answer: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page read again before sending."""

    code: str
    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class OwnDimension:
    """Points of one dimension of one's own answer."""

    title: str
    points: Range
    maximum: int


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """Points of one's own answer, and the class it alone would give."""

    total: Range
    maximum: int
    class_title: str
    is_uncertain: bool
    dimensions: tuple[OwnDimension, ...]


def definition_of(response: Response) -> Definition:
    definition: Definition = response.campaign.version.read()
    return definition


def about(campaign: Campaign, language: str, *, is_easy: bool) -> About:
    definition = campaign.version.read()
    note = definition.reconstruction_note
    return About(
        title=definition.title.in_language(language, is_easy),
        description=definition.description.in_language(language, is_easy),
        minutes=definition.minutes,
        reconstruction_note=note.in_language(language, is_easy) if note else "",
    )


def answers_with_contacts(response: Response) -> Answers:
    """The answers as the form shows them, contacts left included."""
    answers = dict(response.answers)
    for contact in response.contacts.all():
        question = definition_of(response).question(contact.question_code)
        if question is not None:
            answers[question.code] = contact.value
            answers[question.consent_code] = CONSENTED
    return answers


def answers_of_page(response: Response, section: Section) -> Answers:
    """The answers as the form of one page needs them: contacts, where it asks some."""
    if any(question.is_personal for question in section.questions):
        return answers_with_contacts(response)
    return dict(response.answers)


def chosen_territory(
    response: Response,
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The territory already chosen, as the one choice the form offers."""
    if response.territory is None:
        return ()
    return (("", ((response.territory.code, response.territory.name),)),)


def pages_of(response: Response, language: str) -> tuple[Page, ...]:
    """The pages asked, in order, with what is answered on each."""
    definition = definition_of(response)
    sections = rules.sections_asked(definition, response.answers)
    progress = rules.progress(definition, answers_with_contacts(response)).sections
    done = {section.code: section for section in progress}
    return tuple(
        Page(
            code=section.code,
            title=section.title.in_language(language, response.is_easy),
            intro=section.intro.in_language(language, response.is_easy)
            if section.intro
            else "",
            number=number,
            asked=done[section.code].asked,
            answered=done[section.code].answered,
            is_missing=bool(done[section.code].missing),
        )
        for number, section in enumerate(sections, start=1)
    )


def page_of(response: Response, section: Section, language: str) -> Page:
    """One page among how many; its place is unknown (0) while it is not asked."""
    pages = {page.code: page for page in pages_of(response, language)}
    if section.code not in pages:
        title = section.title.in_language(language, response.is_easy)
        return Page(section.code, title, "", number=0)
    told = (definition_of(response), response.answers, section)
    fewest, most = rules.how_many_pages(*told)
    return replace(pages[section.code], count=most, may_be_fewer=fewest < most)


def first_step(response: Response) -> str:
    """Where to go on: the territory, else the first page without any answer."""
    if response.territory_id is None:
        return TERRITORY
    pages = pages_of(response, "fr")
    to_do = (page.code for page in pages if page.is_to_do)
    return next(to_do, REVIEW)


def step_after(response: Response, section_code: str) -> str:
    """The page that follows, given the answers; after the last, the review."""
    if response.territory_id is None:
        return TERRITORY
    codes = [section.code for section in definition_of(response).sections]
    after = codes[codes.index(section_code) + 1 :]
    asked = rules.sections_asked(definition_of(response), response.answers)
    return next((s.code for s in asked if s.code in after), REVIEW)


def step_before(response: Response, section_code: str) -> str:
    codes = [section.code for section in definition_of(response).sections]
    before = codes[: codes.index(section_code)]
    asked = rules.sections_asked(definition_of(response), response.answers)
    return next((s.code for s in reversed(asked) if s.code in before), TERRITORY)


def pages_read_again(response: Response, language: str) -> tuple[PageRead, ...]:
    """Every question asked with its answer, page by page."""
    definition, easy = definition_of(response), response.is_easy
    answers = answers_with_contacts(response)
    asked = {question.code for question in rules.asked(definition, answers)}
    return tuple(
        PageRead(
            code=section.code,
            title=section.title.in_language(language, easy),
            said=tuple(
                _said(question, answers, response, language)
                for question in section.questions
                if question.code in asked
            ),
        )
        for section in rules.sections_asked(definition, answers)
    )


def _said(
    question: Question, answers: Answers, response: Response, language: str
) -> Said:
    answer = answers.get(question.code)
    if question.type == "territory" and response.territory:
        words = response.territory.name
    elif answer is None:
        words = ""
    else:
        words = in_words(question, answer, language=language, easy=response.is_easy)
    return Said(
        question=question.text.in_language(language, response.is_easy),
        answer=words,
        is_required=question.required,
    )


def own_points(response: Response, language: str) -> OwnPoints | None:
    """The points of one's own answer; None when the questionnaire gives none."""
    definition, score = definition_of(response), figures.score_of(response)
    if score is None or definition.grid is None:
        return None
    found = classify(grid_of(definition), score.low, score.high)
    titles = {c.code: c.title for c in definition.grid.classes}
    return OwnPoints(
        total=Range(score.low, score.high),
        maximum=definition.grid.total,
        class_title=titles[found.code].in_language(language, response.is_easy),
        is_uncertain=found.is_uncertain,
        dimensions=tuple(
            OwnDimension(
                title=dimension.title.in_language(language, response.is_easy),
                points=score.by_dimension[dimension.code],
                maximum=dimension.maximum,
            )
            for dimension in definition.grid.dimensions
        ),
    )
