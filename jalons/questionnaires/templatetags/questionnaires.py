"""Words of a questionnaire in templates: `{% load questionnaires %}`."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.questionnaires.comparison import Change, Pair
from jalons.questionnaires.drafting import title_of
from jalons.questionnaires.editing import condition_said
from jalons.questionnaires.editor_forms import WORDINGS, EditorForm
from jalons.questionnaires.points_forms import PointsForm
from jalons.questionnaires.points_pages import page_of
from jalons.questionnaires.reading import found_at
from jalons.questionnaires.schema import (
    Class,
    Definition,
    Option,
    Question,
    ShowIf,
    Text,
    Wording,
)
from jalons.questionnaires.values import option_texts, shown_number

register = template.Library()


@register.filter
def worded(text: Text | None, wording: Wording) -> str:
    """A text in one of its wordings: `{{ question.text|worded:"fr_easy" }}`."""
    return text.in_wording(wording) if text else ""


@register.filter
def kind(question: Question) -> str:
    """How a question is answered."""
    if question.type == "multiple" and question.max_choices:
        return ngettext(
            "%(count)s answer at most",
            "%(count)s answers at most",
            question.max_choices,
        ) % {"count": question.max_choices}
    if question.type == "ranking" and question.max_choices:
        return ngettext(
            "%(count)s answer to rank at most",
            "%(count)s answers to rank at most",
            question.max_choices,
        ) % {"count": question.max_choices}
    return {
        "single": _("one answer"),
        "multiple": _("several answers"),
        "scale": _("one degree of a scale"),
        "ranking": _("answers to rank"),
        "matrix": _("one degree a line"),
        "date": _("date"),
        "number": _("number"),
        "short_text": _("short text"),
        "long_text": _("long text"),
        "territory": _("territory"),
    }[question.type]


@register.simple_tag
def condition(definition: Definition, show_if: ShowIf, wording: Wording) -> str:
    """When a question is asked: `asked if P2 is “Oui”`."""
    texts = _option_texts(definition.question(show_if.question), wording)
    answers = (_("“%(answer)s”") % {"answer": texts[c]} for c in show_if.any_of)
    details = {"question": show_if.question, "answers": _(" or ").join(answers)}
    return _("asked if %(question)s is %(answers)s") % details


@register.simple_tag
def profiles(definition: Definition, option: Option, wording: Wording) -> str:
    """The profiles an option is offered to, in words."""
    texts = _option_texts(definition.with_role("profile"), wording)
    return " / ".join(texts[code] for code in option.profiles)


@register.simple_tag
def interval(one: Class, last: Class, wording: Wording) -> str:
    """The totals of a class; half-points exist, so its end is told as a limit."""
    low, high = shown_number(one.low, wording), shown_number(one.high, wording)
    if one == last:
        return _("from %(low)s to %(high)s") % {"low": low, "high": high}
    return _("from %(low)s to less than %(high)s") % {"low": low, "high": high}


CHANGES: dict[Change, Promise] = {
    "meaning": gettext_lazy("it no longer means the same"),
    "type": gettext_lazy("another kind of answer"),
    "scale": gettext_lazy("another scale"),
    "lines": gettext_lazy("other lines"),
    "unit": gettext_lazy("another unit"),
    "reworded": gettext_lazy("reworded"),
    "options_added": gettext_lazy("answers added"),
    "options_removed": gettext_lazy("answers removed"),
    "options_reworded": gettext_lazy("answers reworded"),
    "maximum_of_choices": gettext_lazy("another maximum of answers"),
    "limits": gettext_lazy("other limits of the answer"),
    "offered": gettext_lazy("answers offered to other profiles"),
    "condition": gettext_lazy("asked of other people"),
    "classes": gettext_lazy("other classes of numbers"),
    "points": gettext_lazy("other points"),
    "help": gettext_lazy("other help"),
    "required": gettext_lazy("required or no longer"),
    "moved": gettext_lazy("moved"),
}


@register.simple_tag
def changes(pair: Pair) -> str:
    """What changed in a question, in words."""
    return ", ".join(str(CHANGES[one]) for one in pair.changes)


@register.simple_tag
def said_when(definition: Definition, show_if: ShowIf) -> str:
    """A condition as its author reads it: `Asked if S3 is anything but “Non”`."""
    said = condition_said(definition, show_if, "fr")
    if said is None:
        return _("Asked under a condition to mend")
    answers = _(" or ").join(_("“%(answer)s”") % {"answer": a} for a in said.answers)
    title = _("“%(title)s”") % {"title": title_of(said.question)}
    details = {"question": title, "answers": answers}
    if said.is_not:
        return _("Asked if %(question)s is anything but %(answers)s") % details
    return _("Asked if %(question)s is %(answers)s") % details


@register.simple_tag
def in_draft(definition: Definition, anchor: str) -> str:
    """The end of the address where a draft shows a question or a part."""
    return found_at(definition, anchor)


@register.simple_tag
def points_at(form: PointsForm, code: str) -> str:
    """The end of the address of the points of a question, from a page of points."""
    if form.definition.question(code) in form.shown:
        return f"#q-{code}"
    return points_of(form.definition, code)


@register.simple_tag
def points_of(definition: Definition, code: str) -> str:
    """The end of the address of the points of a question: `?dimension=x#q-P2`."""
    question = definition.question(code)
    if question is None or definition.grid is None:
        return ""
    page = page_of(question, definition.grid)
    return f"?{urlencode({'dimension': page})}#q-{code}"


@register.filter
def trouble(field: BoundField) -> str:
    """What a draft still lacks in this field."""
    form = field.form
    return form.troubles.get(field.name, "") if isinstance(form, EditorForm) else ""


@register.inclusion_tag("questionnaires/_wordings.html")
def wordings(form: EditorForm, key: str) -> dict[str, object]:
    """The three wordings of one text, side by side."""
    fields = [form[f"{key}_{wording}"] for wording, _label in WORDINGS]
    return {"title": form.texts[key], "fields": fields}


def _option_texts(question: Question | None, wording: Wording) -> dict[str, str]:
    if question is None:
        return {}
    return option_texts(question, wording[:2], easy=wording == "fr_easy")
