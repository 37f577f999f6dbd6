"""Every page in every state: axe finds nothing against WCAG 2.2 A and AA nor against good practice, of any impact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Look
from tests.browser.states import STATES, State

if TYPE_CHECKING:
    from playwright.sync_api import ViewportSize

NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.mark.parametrize("state", STATES, ids=lambda each: each.name)
def test_no_state_breaks_a_rule(look: Look, request: pytest.FixtureRequest, state: State) -> None:
    site = request.getfixturevalue(state.at)
    page = state.shown(look(at=site), site)
    assert violations(page) == []
    page.set_viewport_size(NARROW)
    assert violations(page) == []
