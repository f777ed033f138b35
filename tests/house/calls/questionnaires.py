from __future__ import annotations

from jalons.questionnaires.models import Questionnaire
from jalons.questionnaires.operations import copy_version
from jalons.questionnaires.points_forms import PointsForm
from jalons.spaces.models import Space
from tests.factories import make_version
from tests.house.calls.call import Call, Side

WORDS = {"fr": "Essai", "fr_easy": "", "en": "Trial"}


def calls(side: Side) -> dict[str, Call]:
    """A resource centre with a draft of its own, and one of a next version."""
    side.space.kind = Space.Kind.RESOURCE_CENTRE
    side.space.save()
    version = make_version()
    code = version.questionnaire.code
    title = f"Notre maturité {side.mark}"
    draft = copy_version(version, side.space, title=title, by=side.owner)
    own, _is_new = Questionnaire.objects.get_or_create(
        code=f"{side.mark}-suite".lower(), defaults={"space": side.space}
    )
    own.versions.create(
        number=1, definition=version.definition, checksum=version.checksum
    )
    pk = {"pk": draft.pk}
    of_part = pk | {"code": "closing"}
    on = {"revision": draft.revision}
    texts = {
        f"{key}_{w}": said for key in ("title", "text") for w, said in WORDS.items()
    }
    names = ("describe", "section", "add_section", "add_question", "question")
    typed = on | texts | {"type": "single", "minutes": 3, "author": "Essai"}
    described = {"description_fr": "Essai", "description_en": "Trial"}
    return {
        "questionnaires:show": Call({"code": code, "number": version.number}),
        "questionnaires:compare": Call({"code": code, "number": 1, "other": 1}),
        **{
            f"questionnaires:{name}": Call({"space_pk": side.space.pk})
            for name in ("ours", "import_form")
        },
        "questionnaires:copy": Call(
            {"space_pk": side.space.pk, "version_pk": version.pk},
            post={"title": f"Copie {side.mark}"},
        ),
        "questionnaires:prepare": Call({"space_pk": side.space.pk, "pk": own.pk}),
        **{
            f"questionnaires:{name}": Call(pk, post=typed | described) for name in names
        },
        "questionnaires:section": Call(of_part, post=typed),
        "questionnaires:add_question": Call(of_part, post=typed),
        "questionnaires:question": Call(
            pk | {"code": "quote"}, post=typed | {"meaning": "same"}
        ),
        **_of_questions(pk, on),
        "questionnaires:arrange": Call(pk, post=on | {"do": "question:P2:up"}),
        "questionnaires:undo": Call(pk, post=on),
        "questionnaires:redo": Call(pk, post=on),
        "questionnaires:discard": Call(pk),
        "questionnaires:draft": Call(pk),
        "questionnaires:points": Call(pk, post=on | _points(draft)),
        "questionnaires:pick": Call(
            of_part, query={"q": ""}, post=on | {"pick": "field_ease"}
        ),
        "questionnaires:try_out": Call(pk),
        "questionnaires:publish": Call(pk, post=on | {"note": "Essai"}),
    }


def _of_questions(pk: dict, on: dict) -> dict[str, Call]:
    """What a question is, when it is asked, and whom its answers are offered to."""
    of_condition = pk | {"kind": "question", "code": "R2b"}
    return {
        "questionnaires:condition": Call(
            of_condition,
            query={"question": "R1"},
            post=on | {"relation": "is", "options": ["yes"]},
        ),
        "questionnaires:ask_always": Call(of_condition, post=on),
        "questionnaires:retype": Call(
            pk | {"code": "quote"}, post=on | {"type": "short_text"}
        ),
        "questionnaires:offer": Call(pk | {"code": "main_stake"}, post=on),
    }


def _points(draft) -> dict[str, object]:
    """The points as they stand, which nothing asks about."""
    form = PointsForm(definition=draft.read(), grid=draft.read().grid, revision=1)
    return {f.html_name: f.value() for f in form if f.value() is not None}
