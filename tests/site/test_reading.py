"""What a reader does with the site: switch the colors, open the contents, follow links."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import Watched, box_of, until
from playwright.sync_api import expect

import nnlib
from nnbook.messages import LANGUAGES

CHAPTER = "chapters/activations.html"

# For every element with text of its own: the contrast of its color with what lies behind it.
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const painted = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const known = new Map(); // a page has few colors and many elements
  const channels = (color) => {
    if (!known.has(color)) known.set(color, painted(color));
    return known.get(color);
  };
  const luminance = (color) => {
    const [r, g, b] = channels(color).slice(0, 3).map((value) => {
      const c = value / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (channels(color)[3] === 255) return color;
    }
    return "white";
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const words = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const seen = element.checkVisibility({ opacityProperty: true });
    if (!words || !seen || element.closest("math")) continue;
    const [a, b] = [getComputedStyle(element).color, behind(element)].map(luminance);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push([element.outerHTML.slice(0, 80), ratio]);
  }
  return found;
}"""


def paper(page):
    """Return the color of the paper."""
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


@pytest.fixture(scope="module")
def illustrated(html, pages):
    """Return a page that has a picture drawn by a cell."""
    for path in pages:
        if 'class="only-light"' in (html / path).read_text(encoding="utf-8"):
            return path
    pytest.fail("no page has a picture that a cell drew")


def shown_pictures(page):
    """Return the names of the first picture's files that are shown; figures that answer aside."""
    return page.evaluate(
        """() => [...document.querySelectorAll("figure:not(:has(.nn-figure))")]
          .find((figure) => figure.querySelector(".only-dark")).querySelectorAll("img").values()
          .filter((image) => image.checkVisibility())
          .map((image) => image.src.split("?")[0]).toArray()"""
    )


def dark_twin(picture):
    return picture.replace(".svg", "-dark.svg")


def test_scheme_follows_the_system(watched, address):
    light = paper(watched(address + CHAPTER, color_scheme="light"))
    dark = paper(watched(address + CHAPTER, color_scheme="dark"))
    assert light == "rgb(255, 255, 255)"
    assert dark != light


def test_chosen_scheme_lasts(watched, address):
    page = watched(address + CHAPTER, color_scheme="light")
    before = paper(page)
    page.get_by_role("button", name="Switch between light and dark").click()
    dark = paper(page)
    assert dark != before
    page.reload()
    assert paper(page) == dark
    page.goto(address + "intro.html")
    assert paper(page) == dark
    page.get_by_role("button", name="Switch between light and dark").click()
    assert paper(page) == before


@pytest.mark.parametrize("javascript", [True, False])
def test_pictures_follow_the_scheme(watched, address, illustrated, javascript):
    options = {"java_script_enabled": javascript}
    shown = {}
    for scheme in ("light", "dark"):
        page = watched(address + illustrated, color_scheme=scheme, **options)
        shown[scheme] = shown_pictures(page)
    assert len(shown["light"]) == len(shown["dark"]) == 1
    assert shown["dark"][0] == dark_twin(shown["light"][0])


def test_pictures_follow_the_button(watched, address, illustrated):
    page = watched(address + illustrated, color_scheme="light")
    before = shown_pictures(page)
    page.get_by_role("button", name="Switch between light and dark").click()
    assert shown_pictures(page) == [dark_twin(before[0])]


def test_dark_pictures_have_no_light_color(html):
    from nnbook.tokens import load_tokens

    twins = list((html / "_images").glob("*-dark.svg"))
    assert twins
    dark_values = {token["dark"].lower() for token in load_tokens().values()}
    light_only = {token["light"].lower() for token in load_tokens().values()} - dark_values
    for twin in twins:
        colors = set(re.findall(r"#[0-9a-f]{6}\b", twin.read_text(encoding="utf-8").lower()))
        assert colors & light_only == set(), twin.name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["intro.html", CHAPTER, "chapters/reference.html"])
@pytest.mark.wcag("1.4.3")
def test_text_has_contrast(watched, address, path, scheme):
    page = watched(address + path, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    assert page.evaluate(CONTRASTS) == []


def test_contents_open_on_a_phone(watched, address):
    page = watched(address + CHAPTER, viewport={"width": 390, "height": 844})
    link = page.locator("#contents").get_by_role("link", name="Loss functions")
    assert not link.is_visible()
    page.get_by_role("button", name="Contents").click()
    link.click()
    page.wait_for_url("**/losses.html")


@pytest.fixture(scope="module")
def narrow(browser, address):
    """Return a long chapter on a phone without a mouse."""
    phone = {"width": 390, "height": 844}
    watcher = Watched(browser, address, viewport=phone, is_mobile=True, has_touch=True)
    yield watcher.open(address + CHAPTER)
    watcher.context.close()
    assert watcher.problems == []


@pytest.mark.wcag("2.4.3")
def test_the_bar_of_a_phone_lists_the_sections_of_the_page(narrow):
    button, panel = narrow.locator(".section-button"), narrow.locator("#page-contents")
    expect(button).to_contain_text("Activation functions")
    expect(panel).to_be_hidden()
    button.press("Enter")
    expect(panel).to_be_in_viewport()
    panel.get_by_role("link", name="A gradient vanishes").click()
    expect(panel).to_be_hidden()
    expect(button).to_contain_text("A gradient vanishes")
    assert "#a-gradient-vanishes" in narrow.url
    until(narrow, "history.state?.place")  # it stands still: a key would stop it
    button.press("Enter")
    expect(panel.locator("[aria-current]")).to_be_in_viewport()
    expect(panel.locator("[aria-current]")).to_contain_text("A gradient vanishes")
    narrow.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


# Where the keyboard is: is it marked (by an outline of its own or of what stands for it, or by what
# only then is seen), and is it the uppermost there?
STOP = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return null;
  const near = [stop, stop.parentElement, stop.nextElementSibling, ...stop.querySelectorAll("*")];
  const marked = near.some((element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  });
  const { x, y, width, height } = stop.getClientRects()[0] ?? stop.getBoundingClientRect();
  const there = document.elementFromPoint(
    Math.max(0, Math.min(x + width / 2, innerWidth - 1)), y + Math.min(height / 2, 20),
  );
  const own = stop.closest("label, svg") ?? stop;
  const covered = !there || !(own.contains(there) || there.contains(own));
  const name = stop.outerHTML.slice(0, 100);
  return { name, marked: marked || stop.matches(".nn-curve-cursor:focus-visible"), covered };
}"""


@pytest.mark.wcag("2.1.1", "2.1.2", "2.4.7", "2.4.11")
def test_the_place_of_the_keyboard_is_seen_at_every_stop(watched, address):
    page = watched(address + "chapters/softmax.html")
    stops = []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)
    assert stop is None, "the keyboard did not come to the end of the page"
    assert len(stops) > 100
    assert [stop for stop in stops if stop["covered"] or not stop["marked"]] == []


@pytest.mark.wcag("2.1.1")
def test_code_that_scrolls_is_reached_also_far_from_the_screen(watched, address):
    page = watched(address + "chapters/networks.html", viewport={"width": 1200, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    missed = page.evaluate("""() => [...document.querySelectorAll("article pre")].filter((pre) =>
      pre.scrollWidth > pre.clientWidth && pre.tabIndex < 0).length""")
    assert missed == 0
    page.locator("article section section").last.scroll_into_view_if_needed()
    shown = "pre.checkVisibility({ contentVisibilityAuto: true })"
    until(
        page,
        f"""[...document.querySelectorAll("article pre")].every((pre) => !{shown}
          || pre.scrollWidth > pre.clientWidth === pre.tabIndex >= 0)""",
    )


@pytest.mark.wcag("3.2.1")
def test_focus_in_the_bar_moves_nothing(narrow):
    """The bar lies where the page keeps room for it: Chromium would scroll to bring it out."""
    narrow.evaluate("scrollTo(0, 5000)")
    before = narrow.evaluate("""async () => {
      // What has come near the screen is laid out now.
      for (let n = 0; n < 10; n += 1) await new Promise(requestAnimationFrame);
      return scrollY;
    }""")
    for name in ("section-button", "edition", "button"):
        narrow.locator(f".bar .{name}:visible").last.focus()
        assert narrow.evaluate("scrollY") == before, name


@pytest.mark.wcag("2.5.8")
def test_a_touch_screen_shows_what_waits_for_a_mouse_elsewhere(narrow):
    anchor = narrow.locator("h2 .headerlink").first
    expect(anchor).to_have_css("opacity", "0")  # a mark behind every heading is noise
    anchor.focus()
    expect(anchor).to_have_css("opacity", "1")


@pytest.mark.parametrize("width", [390, 768, 1024])
def test_the_bar_has_room_for_its_names(watched, address, width):
    page = watched(address + CHAPTER, viewport={"width": width, "height": 800})
    name = page.locator(".section-name")
    expect(name).to_be_visible()
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth && name.clientWidth > 90")
    page.goto(address + "search.html")
    brand = page.locator(".brand span")
    assert brand.evaluate("name => name.scrollWidth <= name.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.wcag("1.4.1")
def test_forced_colors_leave_icons_states_and_pictures(watched, address, scheme):
    page = watched(address + CHAPTER, forced_colors="active", color_scheme=scheme)
    page.evaluate("document.documentElement.dataset.scheme = 'light'")  # chosen before
    canvas = paper(page)
    painted = page.locator(".bar .icon:visible, .admonition-title").evaluate_all(
        """elements => elements.map((element) =>
             getComputedStyle(element, element.matches(".icon") ? null : "::before"))
           .filter(({ maskImage }) => maskImage !== "none").map((style) => style.backgroundColor)"""
    )
    assert len(painted) > 5
    assert canvas not in painted
    expect(page.locator(".contents .current > a").first).to_have_css("outline-style", "solid")
    (picture,) = shown_pictures(page)
    assert picture.endswith("-dark.svg") == (scheme == "dark")


def test_contents_are_beside_the_text_on_a_wide_screen(watched, address):
    page = watched(address + CHAPTER)
    current = page.locator("#contents .current > a")
    assert current.is_visible()
    assert "Activation functions" in current.inner_text()


def test_section_being_read_is_marked_and_in_view(watched, address):
    page = watched(address + CHAPTER)
    last = page.locator(".page-contents li a").last
    page.keyboard.press("End")
    expect(last).to_have_attribute("aria-current", "true")
    expect(page.locator(".page-contents [aria-current]")).to_have_count(1)
    expect(last).to_be_in_viewport()
    # A mistake is reported where it was seen: the form is told of page, section and version.
    told = parse_qs(urlsplit(page.locator(".page-contents .report").get_attribute("href")).query)
    assert told["page"] == ["chapters/activations.ipynb"]
    assert told["section"] == [f"{last.inner_text()} {last.get_attribute('href')}"]
    assert told["version"] == [nnlib.__version__]
    assert told["template"] == ["mistake.yml"]
    until(page, "innerHeight + scrollY >= document.documentElement.scrollHeight - 2")
    page.set_viewport_size({"width": 1280, "height": 300})  # the list is longer than that
    page.keyboard.press("End")
    until(page, "document.querySelector('.page-contents').scrollTop > 0")
    page.keyboard.press("Home")
    until(page, "document.querySelector('.page-contents').scrollTop === 0")
    expect(page.locator(".page-contents [aria-current]")).to_have_count(0)
    assert "section=" not in page.locator(".page-contents .report").get_attribute("href")


def test_the_lines_of_code_fit_beside_both_lists(watched, address):
    page = watched(address + "chapters/cross_entropy.html", viewport={"width": 1400, "height": 900})
    cells = page.locator(".cell_input pre:visible")
    assert cells.count() > 10
    cut = (
        "all => all.filter((pre) => pre.scrollWidth > pre.clientWidth).map((pre) => pre.innerText)"
    )
    assert cells.evaluate_all(cut) == []


def test_the_page_is_in_view_in_the_list_of_all_pages(watched, address):
    page = watched(address + "chapters/reference.html")
    expect(page.locator("#contents .current > a")).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0


@pytest.mark.wcag("4.1.3")
def test_copy_button_copies_the_source(watched, address, illustrated):
    page = watched(address + illustrated, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    cell = page.locator("[data-live]:not([data-exercise], .tag_hide-input)").first
    cell.hover()
    cell.get_by_role("button", name="Copy the code").click()
    done = cell.get_by_role("button", name="Copied")
    expect(done).to_have_class(re.compile("done"))
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    expect(cell.get_by_role("button", name="Copy the code")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == cell.locator("pre").first.inner_text().rstrip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_address_leads_home(browser, address, language):
    context = browser.new_context()
    page = context.new_page()
    response = page.goto(address + "chapters/deep/nowhere.html")
    assert response.status == 404
    assert "does not exist" in page.locator("h1").inner_text()
    page.get_by_role("link").nth(list(LANGUAGES).index(language)).click()
    page.wait_for_url(address + LANGUAGES[language].prefix)
    assert page.locator("html").get_attribute("lang") == LANGUAGES[language].tag
    context.close()


@pytest.mark.parametrize(
    ("fragment", "marked"),
    [("its-slopes-are-zero-so-no-step-moves-it", 0), ("equation-eq-dead-gradient", 1)],
    ids=["heading", "equation"],
)
def test_a_link_marks_the_equation_it_leads_to_and_no_other(watched, address, fragment, marked):
    page = watched(f"{address}{CHAPTER}#{fragment}")
    assert page.locator(":target").count() == 1
    grounds = page.locator(".math:not(.admonition *)").evaluate_all(
        "formulas => formulas.map(f => getComputedStyle(f).backgroundColor)"
    )
    ordinary = max(set(grounds), key=grounds.count)
    assert len([ground for ground in grounds if ground != ordinary]) == marked


@pytest.mark.parametrize("fragment", ["100%", "%E4%A", "nowhere"])
def test_an_address_that_names_nothing_does_no_harm(watched, address, fragment):
    page = watched(f"{address}{CHAPTER}#{fragment}")
    page.locator(".scheme-button").click()
    page.evaluate("fragment => { location.hash = `${fragment}%`; }", fragment)
    assert page.evaluate("scrollY") == 0


MOVED = ("chapters/digits.html#sec-digits-start", "sec-digits-train")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_an_old_address_leads_to_where_its_place_is_now(watched, address, html, javascript):
    old, now = MOVED
    for root in (address, f"{html.as_uri()}/zh/"):
        page = watched(root + old, java_script_enabled=javascript)
        notice = page.locator(f"#{old.partition('#')[2]}")
        expect(notice).to_be_visible(visible=not javascript)
        if not javascript:
            notice.get_by_role("link").click()
        expect(page.locator(":target")).to_have_attribute("id", now)
        if javascript:
            until(page, "history.state?.place")  # nothing moves any more
            assert 0 <= box_of(page.locator(f"section:has(> #{now})"))["y"] < 250


def test_a_link_within_a_long_chapter_leads_to_its_place(watched, address):
    page = watched(address + "chapters/gradient_descent.html")
    for part in (0.5, 1, 0.1):  # which links there are depends on the section being read
        links = page.locator(".page-contents li a:visible").all()
        link = links[int(part * (len(links) - 1))]
        target = page.locator(link.get_attribute("href"))
        link.click()
        until(page, "history.state?.place")  # nothing moves any more
        assert 0 <= box_of(target)["y"] < 250, target
