"""The formula sheet has the numbered equations of the path, each once, and no others."""

import pytest

# Numbers of the equations that a page shows before anything is unfolded.
ON_THE_PATH = """() => [...document.querySelectorAll("article .math[id^=equation-]")]
  .filter((equation) => !equation.closest("details:not([open])"))
  .map((equation) => equation.querySelector(".eqno").firstChild.data.trim())"""
# Number, address and formula of each row.
ROWS = """rows => rows.map((row) => {
  const { textContent, href } = row.querySelector("a");
  return [textContent, href, row.querySelector("math") !== null];
})"""


@pytest.mark.parametrize("edition", ["", "zh/"])
def test_each_equation_of_the_path_is_on_the_sheet(browser, html, edition):
    page = browser.new_page()
    page.goto((html / edition / "chapters" / "formulas.html").as_uri())
    shown = page.locator(".formula").evaluate_all(ROWS)
    chapters = dict.fromkeys(href.split("#")[0] for _, href, _ in shown)
    wanted = []
    for chapter in chapters:
        page.goto(chapter)
        wanted += page.evaluate(ON_THE_PATH)
    page.close()
    assert [number for number, _, _ in shown] == wanted
    assert len(wanted) > 50
    assert all(formula for _, _, formula in shown)
