from __future__ import annotations

from jalons.analysis.facilitators import DELIBERATION_IN_BOTH, PAIRS


def test_each_facilitator_is_crossed_with_each_outcome():
    codes = [(one.facilitator.code, one.outcome.code) for one in PAIRS]

    assert codes == [("R1", "S3"), ("R1", "S4"), ("P2", "S3"), ("P2", "S4")]


def test_a_deliberation_counted_on_both_sides_is_said():
    assert PAIRS[3].remarks == (DELIBERATION_IN_BOTH,)
    assert not any(pair.remarks for pair in PAIRS[:3])
