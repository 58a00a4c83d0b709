"""Every state with every change: allowed by the table, or refused in words."""

import pytest

from portal.refusals import Refused
from portal.rights.reasons import KEPT_BACK, REFUSED
from portal.rights.workflow import CHANGES, OPEN, STATE_LABELS, Need, State, allowed, check

EVERYTHING_GIVEN = dict.fromkeys(Need, "said")


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("name", sorted(CHANGES))
def test_each_pair_is_allowed_or_refused(state: State, name: str) -> None:
    if CHANGES[name] in allowed(state):
        assert check(name, state=state, given=EVERYTHING_GIVEN).ends is CHANGES[name].ends
        return
    with pytest.raises(Refused, match="does not go from there"):
        check(name, state=state, given=EVERYTHING_GIVEN)


@pytest.mark.parametrize("name", [name for name, change in CHANGES.items() if change.needs])
def test_a_change_without_what_it_needs_is_refused(name: str) -> None:
    change = CHANGES[name]
    for missing in change.needs:
        given = {need: "said" for need in change.needs if need is not missing}
        with pytest.raises(Refused):
            check(name, state=change.starts[0], given=given)


def test_nothing_leads_out_of_a_closed_request_and_no_change_is_unknown() -> None:
    assert all(not allowed(state) for state in State if state not in OPEN)
    assert set(STATE_LABELS) == set(State)
    with pytest.raises(Refused, match="no such change"):
        check("forget", state=State.RECEIVED, given={})


def test_each_reason_names_its_law_and_speaks_to_the_person() -> None:
    for reason in (*KEPT_BACK.values(), *REFUSED.values()):
        assert "Data Protection Act 2018" in reason.law or "UK GDPR" in reason.law
        assert reason.told.endswith(".")
