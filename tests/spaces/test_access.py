from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from jalons.spaces.access import Right, get_member, get_space, right_in
from jalons.spaces.models import Role
from tests.factories import make_space, make_user

pytestmark = pytest.mark.django_db
RIGHTS_BY_ROLE = {
    Role.READER: {Right.READ},
    Role.CONTRIBUTOR: {Right.READ, Right.CONTRIBUTE},
    Role.EDITOR: {Right.READ, Right.CONTRIBUTE, Right.EDIT},
    Role.OWNER: set(Right),
}


@pytest.mark.parametrize("role", Role)
def test_a_role_holds_its_rights_and_no_others(role):
    user = make_user()
    space = make_space(**{role: user})

    held = {right for right in Right if right_in(user, space, right)}

    assert RIGHTS_BY_ROLE[role] == held


def test_a_member_opens_the_space_with_a_right_they_hold(reader, space):
    assert space == get_space(reader, space.pk, Right.READ)


def test_a_member_without_the_right_is_refused(reader, space):
    with pytest.raises(PermissionDenied):
        get_space(reader, space.pk, Right.CONTRIBUTE)


def test_a_stranger_cannot_tell_a_space_from_an_absent_one(space):
    stranger = make_user()

    with pytest.raises(Http404) as existing:
        get_space(stranger, space.pk, Right.READ)
    with pytest.raises(Http404) as absent:
        get_space(stranger, space.pk + 1000, Right.READ)

    assert str(absent.value) == str(existing.value)


def test_administering_the_installation_opens_no_space(space):
    administrator = make_user()
    administrator.is_staff = administrator.is_superuser = True
    administrator.save()

    with pytest.raises(Http404):
        get_space(administrator, space.pk, Right.READ)


def test_a_visitor_who_is_not_signed_in_holds_no_right(space):
    assert not any(right_in(AnonymousUser(), space, right) for right in Right)


def test_a_member_of_another_space_is_not_found_in_this_one(space):
    other = make_space(owner=make_user())

    with pytest.raises(Http404):
        get_member(space, other.memberships.get().pk)


@pytest.mark.parametrize("role", Role)
def test_a_role_describes_itself_in_prose(role):
    assert len(role.prose.split()) >= 6
