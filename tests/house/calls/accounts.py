from __future__ import annotations

from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    address = {"email": "quelquun@exemple.fr"}
    return {
        "account_login": Call(post=address),
        "account_request_login_code": Call(post=address),
        "account_confirm_login_code": Call(post={"code": "0000-0000"}),
        "account_name": Call(post={"name": "Dominique"}),
    }
