"""What is wider than a phone shows at its edge that it goes on, and no more where it ends."""

import io

import numpy as np
import pytest
from PIL import Image

WIDE = {
    "chapters/notation.html": "table",
    "chapters/teaching.html": "table",
    "zh/chapters/softmax.html": ".displayed",
}
EDGE = 6  # px


def shade(page, wide):
    """Return how far the ground at the right edge is from that of the page, of 255."""
    box = wide.bounding_box()
    top = max(box["y"], 100)
    clip = {"x": box["x"] + box["width"] - EDGE, "y": top, "width": EDGE}
    clip["height"] = min(box["y"] + box["height"], 800) - top
    strip = np.array(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L"), dtype=float)
    corner = page.screenshot(clip={"x": 1, "y": 400, "width": 2, "height": 2})
    paper = np.array(Image.open(io.BytesIO(corner)).convert("L"), dtype=float).mean()
    return abs(np.median(strip[:, -2]) - paper)  # most of a column is no letter


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "selector"), WIDE.items())
def test_what_is_cut_off_says_so(watched, address, path, selector, scheme):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = watched(address + path, color_scheme=scheme, **phone)
    count = page.evaluate(
        """(selector) => {
          const all = [...document.querySelectorAll(`article ${selector}:not(details *)`)];
          const wide = all.filter((one) => one.scrollWidth > one.clientWidth + 40);
          wide.at(-1).id = "wide";
          wide.at(-1).scrollIntoView({ block: "center", behavior: "instant" });
          return wide.length;
        }""",
        selector,
    )
    assert count > 0
    wide = page.locator("#wide")
    page.wait_for_timeout(300)
    assert shade(page, wide) > 20
    wide.evaluate("(wide) => { wide.scrollLeft = wide.scrollWidth; }")
    page.wait_for_timeout(100)
    assert shade(page, wide) < 3
