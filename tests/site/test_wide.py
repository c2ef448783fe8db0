"""What is wider than a phone fades at the edge beyond which it goes on, and not at its end."""

import pytest
from playwright.sync_api import expect

WIDE = {
    "chapters/notation.html": "table",
    "chapters/teaching.html": "table",
    "zh/chapters/cross_entropy.html": ".displayed",
}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize(("path", "selector"), WIDE.items())
def test_what_is_cut_off_says_so(watched, address, path, selector):
    page = watched(address + path, **PHONE)
    count = page.evaluate(
        """(selector) => {
          const all = [...document.querySelectorAll(`article ${selector}`)];
          for (const one of document.querySelectorAll("article details")) one.open = true;
          const wide = all.filter((one) => one.scrollWidth > one.clientWidth + 40);
          wide.at(-1).id = "wide";
          return wide.length;
        }""",
        selector,
    )
    assert count > 0
    wide = page.locator("#wide")
    wide.scroll_into_view_if_needed()
    expect(wide).to_have_css("mask-position", "0% 0%, 100% 0%")  # it fades at the right
    wide.evaluate("(wide) => { wide.scrollLeft = wide.scrollWidth; }")
    expect(wide).to_have_css("mask-position", "0% 0%, 0% 0%")


def test_few_formulas_are_cut_off_on_a_phone(watched, address):
    page = watched(address + "chapters/softmax.html", **PHONE)
    wide = page.locator(".displayed").evaluate_all(
        "all => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    )
    assert wide == 0


def test_a_row_of_words_is_a_block_on_a_phone(watched, address):
    page = watched(address + "chapters/diagnosis.html#tbl-diagnosis-list", **PHONE)
    table = page.locator("#tbl-diagnosis-list")
    assert table.evaluate("table => table.scrollWidth <= table.clientWidth")
    assert table.locator("td[data-label=healthy]").count() == 10
