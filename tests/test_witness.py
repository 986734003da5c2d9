"""The first day of one organisation is as the witness holds it; `make witness` looks at all of them."""

from __future__ import annotations

from tests.witness import comparing
from tests.witness.__main__ import COPIES, DIGESTS
from tests.witness.looking import looked
from tests.witness.organisations import READABLE, of_the_demonstration


def test_the_first_day_of_an_organisation_is_as_it_was():
    who = next(each for each in of_the_demonstration() if each.name in READABLE)
    things = looked(who, days=1)
    digests = {name: told for name, told in comparing.held(DIGESTS).items() if name in things}
    assert len(digests) > 40
    found = comparing.differing(things, digests)
    assert not found, "\n".join(comparing.explained(things, found, [COPIES]))
