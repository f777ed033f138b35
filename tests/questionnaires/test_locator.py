from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from jalons.questionnaires.locator import line_of, locate
from tests.questionnaires.samples import MATURITY, SAMPLE

AWKWARD = '''
"quoted key" = 1 # a comment with [brackets] = "x"
'literal' = """
several
lines """""
a.b."c d" = [ 1,
  [2, { x = "]", y = '}' }],
] # end
[ t . u ]
day = 1979-05-27 07:32:00Z
"é" = \'\'\'it''s\'\'\'
[[t.list]]
n = 1
[[t.list]]
n = 2
[t.list.sub]
n = 3
[[t.list.more]]
n = { m.o = true }
'''


def paths_in(value, path=()):
    """Every path of a document that a mend may have to name."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, child in value.items():
            yield from paths_in(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from paths_in(child, (*path, index))


def test_awkward_but_valid_toml_is_followed_to_the_line():
    lines = locate(AWKWARD)

    assert set(paths_in(tomllib.loads(AWKWARD))) == set(lines)
    assert lines[("quoted key",)] == 2
    assert lines[("literal",)] == 3
    assert lines[("a", "b", "c d", 0)] == 6
    assert lines[("a", "b", "c d", 1, 1, "y")] == 7
    assert lines[("t", "u", "é")] == 11
    assert lines[("t", "list", 0, "n")] == 13
    assert lines[("t", "list", 1, "n")] == 15
    assert lines[("t", "list", 1, "sub", "n")] == 17
    assert lines[("t", "list", 1, "more", 0, "n", "m", "o")] == 19


def test_every_key_of_a_real_file_stands_on_its_line():
    for text in (SAMPLE, MATURITY.read_text(encoding="utf-8")):
        lines, rows = locate(text), text.splitlines()

        for path in paths_in(tomllib.loads(text)):
            name = next(part for part in reversed(path) if isinstance(part, str))
            row = rows[lines[path] - 1]
            assert name in row or isinstance(path[-1], int), (path, row)


def test_a_missing_key_is_told_at_what_should_hold_it():
    lines = locate("[a]\nb = 1\n[c]\n")

    assert line_of(lines, ("c", "absent", "deeper")) == 3
    assert line_of(lines, ("absent",)) == 1


KEYS = st.text("abz_", min_size=1, max_size=3)
VALUES = st.recursive(
    st.integers() | st.booleans() | st.text("a\"'\\#[]{}=\n", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=8,
)


def written(value):
    """A value as inline TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[" + ",\n ".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {written(v)}" for k, v in value.items()) + "}"
    return str(value)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_document_is_followed_whole(document):
    text = "".join(f"{key} = {written(value)}\n" for key, value in document.items())

    lines = locate(text)

    assert tomllib.loads(text) == document
    assert set(paths_in(document)) == set(lines)
