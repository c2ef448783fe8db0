"""Find the longest forms that the formulas of the figures take, for js/src/forms.json.

    make figures && python tools/figure_forms.py && make figures

A figure keeps room for them, so that nothing moves while numbers change. To be run when a figure
has got another formula; a test sees where one outgrows its room.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

import console
import nnbook.widgets
from find_browser import ARGUMENTS, find_browser
from preview import page_of

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "js" / "src" / "forms.json"

# Values for what has no limits of its own, and where both ends are not the extreme.
FURTHER: dict[str, dict[str, list[Any]]] = {
    "CrossEntropyForces": {"z": [[-10, -10, 10], [800, -800, 0], [0, 0, 0]]},
    "DigitPad": {"strokes": [[[[20, 20], [100, 110]]]]},
    "ParameterCounter": {"pool": [1, 2, 8]},
    "Playground": {"hidden": [[], [8] * 6], "challenge": [*range(1, 13)], "step": [0, 40]},
    "ResidualSquares": {
        "points": [[[-0.5, -0.5], [-0.5, 1.5], [-0.5, 0.5]], [[-0.5, -0.5], [1.5, 1.5], [0, 1]]]
    },
    "SoftmaxExplorer": {
        "z": [
            [5, -4, 3, 2, 1],
            [0, 0],
            [-1000, 1000, 0],
            [-10.0, -10, -9.99, -10, -9.5],
            [-744.0, -743.5, -743.4],  # where exponentials are the smallest numbers there are
        ]
    },
}

# The presets, and either end of every control: from the first state, and from each preset if `all`.
STATES = """(figure, further, all) => {
  const initial = figure.initial;
  const radios = [...figure.root.querySelectorAll("input[type=radio]")];
  const offered = (name, value) => radios
    .some((input) => input.dataset.name === name && input.value === String(value));
  const ends = {};
  for (const [name, { min, max, values }] of Object.entries(figure.controls)) {
    if (further[name]) ends[name] = further[name];
    else if (typeof initial[name] === "boolean") ends[name] = [false, true];
    else if (values) ends[name] = values.filter((value) => offered(name, value));
    else if (typeof initial[name] === "number") ends[name] = [min, max];
  }
  const moved = Object.entries(ends)
    .flatMap(([name, values]) => values.map((value) => ({ [name]: value })));
  const presets = Object.values(figure.presets);
  const states = all
    ? presets.flatMap((preset) => moved.map((move) => ({ ...preset, ...move })))
    : presets;
  return [{}, ...moved, ...states].map((state) => ({ ...initial, ...state }));
}"""

# Of each readout every form it takes; numbers are what changes, so of each kind the longest.
FORMS = """([states, further]) => {
  const { figure } = document.querySelector(".nn-figure");
  for (const fold of document.querySelectorAll(".nn-more")) fold.open = true;
  const found = {};
  for (const value of document.querySelectorAll(".nn-formula:not(table *) > [data-name]")) {
    const kinds = (found[value.dataset.name] = {});
    const readout = value.parentNode;
    const { show } = readout;
    readout.show = (source) => {
      show(source);
      const size = value.textContent.length;
      const number = /\\(\\u2212[0-9.\\u202f]+\\)|\\u2212?[0-9.\\u202f]+/g;
      const kind = source.replace(number, "0").replaceAll("\\\\times10^{0}", "");
      if (!(size <= kinds[kind]?.size)) kinds[kind] = { size, source };
    };
  }
  for (const state of eval(states)(figure, further, true)) figure.set(state);
  return found;
}"""
RIVAL = 0.8  # a form that is so much shorter than the longest is not the tallest at any width


def longest(kinds: dict[str, dict[str, Any]]) -> list[str]:
    """Return the forms that may be the tallest: the longest, and the longest with a fraction."""
    forms = sorted(kinds.values(), key=lambda form: (-form["size"], form["source"]))
    rivals = [form["source"] for form in forms if form["size"] >= RIVAL * forms[0]["size"]]
    fractions = [form["source"] for form in forms if "\\frac" in form["source"]]
    return list(dict.fromkeys(rivals + fractions[:1]))


def forms_of(page: Page, name: str, folder: Path) -> dict[str, list[str]]:
    """Return name of a readout -> its longest forms."""
    path = folder / f"{name}.html"
    path.write_text(page_of(getattr(nnbook.widgets, name)()), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_function("document.querySelector('.nn-figure').figure")
    found = page.evaluate(FORMS, [STATES, FURTHER.get(name, {})])
    return {readout: longest(kinds) for readout, kinds in found.items()}


def main() -> None:
    """Read the command line, then drive every figure through its states."""
    console.prepare()
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        found = {name: forms_of(page, name, Path(folder)) for name in nnbook.widgets.FIGURES}
        browser.close()
    found |= {name: {} for name in nnbook.widgets.QUESTIONS}
    text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False)
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
