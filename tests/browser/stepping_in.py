"""Being somebody in a browser."""

from playwright.sync_api import Page


def step_in(page: Page, role: str) -> None:
    """As a newcomer does, on the page of the demonstration."""
    page.goto("/demo")
    page.locator(f"button[value={role}]").click()
    page.wait_for_url(lambda address: not address.endswith("/demo"))
