from __future__ import annotations

from tests.factories import make_version
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    version = make_version()
    code = version.questionnaire.code
    return {"questionnaires:show": Call({"code": code, "number": version.number})}
