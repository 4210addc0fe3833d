import pytest
from tests.e2e.test_merge import opened
from tests.e2e.test_privacy import documents
from tests.e2e.test_accessibility import LOOKS
from tests.e2e.test_merge import pair  # noqa: F401
from tests.e2e.twins import value


@pytest.mark.parametrize("look", LOOKS)
async def test_shots(browsing, admin, pair, look):  # noqa: F811
    page = await opened(browsing, admin, pair, **LOOKS[look], reduced_motion="reduce")
    await page.screenshot(path=f"/tmp/F/merge-{look.replace(' ','-')}.png", full_page=True)
    page = await documents(browsing, admin, pair, pair.two, **LOOKS[look], reduced_motion="reduce")
    await page.wait_for_timeout(500)
    await page.screenshot(path=f"/tmp/F/docs-{look.replace(' ','-')}.png", full_page=True)
    await page.get_by_role("button", name="Erase this person").click()
    await page.wait_for_timeout(300)
    await page.screenshot(path=f"/tmp/F/erase-{look.replace(' ','-')}.png")
