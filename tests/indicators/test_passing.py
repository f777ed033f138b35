from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jalons.indicators.cells import Status
from jalons.indicators.gathering import Part
from jalons.indicators.ground import Ground
from jalons.indicators.groups import group_figures
from jalons.indicators.producers.layouts import Kind, Measure
from jalons.territories import passage

# Read once: a first reading is longer than an example may take.
PASSAGE = passage.read()
PARTS = st.tuples(st.integers(1, 50_000), st.integers(0, 50_000))


@settings(deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=4))
def test_the_rate_of_a_group_lies_between_those_of_its_parts(parts):
    sums = {
        str(at): Part(float(min(above, below)), float(below), Status.PUBLISHED)
        for at, (below, above) in enumerate(parts)
    }
    groups = dict.fromkeys(sums, ("group",))
    ground = Ground(PASSAGE, {}, groups, {}, {})

    (made,) = group_figures(Measure("rate", Kind.RATIO), sums, ground)

    rates = [100 * part.value / part.base for part in sums.values()]
    assert min(rates) - 1e-9 <= made.value <= max(rates) + 1e-9
    assert made.known_share == 1
