"""What DigitPad shows on its way from the ink to the answer is what nnlib computes."""

import numpy as np
import pytest
import traitlets
from driver import numbers

import nnlib
from nnbook import bitmaps
from nnbook.widgets import DigitPad

SEVEN = [(30, 20), (100, 20), (60, 110)]
STATES = [
    {"digit": "none", "strokes": []},
    {"digit": 8, "right": -12, "down": 5, "prepared": False},
    {"digit": 0, "down": -16, "prepared": True},
    {"digit": "none", "strokes": [[[30, 20], [100, 20], [60, 110]]], "pen": 6, "prepared": True},
    *DigitPad.presets.values(),
]
CASES = [
    {},
    {"digit": "none"},
    {"digit": 8, "right": -12, "prepared": False},
    *DigitPad.presets.values(),
]


@pytest.fixture(scope="module")
def held_out():
    data = nnlib.datasets.digits()
    _, X, _, y = nnlib.split(data.X, data.y, rng=np.random.default_rng(0))
    return X, y


def test_the_stored_digits_are_held_out_images(held_out):
    X, y = held_out
    for digit in range(10):
        counts = DigitPad(digit=digit, prepared=False).counts()
        np.testing.assert_array_equal(counts, X[np.argmax(y == digit)])


@pytest.mark.parametrize("case", CASES)
def test_ink_and_constant_make_up_the_lead(case):
    pad = DigitPad(**case)
    first, second, each, constant = pad.evidence()
    z = pad.network().forward(pad.counts()[np.newaxis] / 16)[0]
    assert first == z.argmax() == pad.probabilities().argmax()
    assert z[first] - z[second] == np.diff(np.sort(z)[-2:])[0]
    assert each.sum() + constant == pytest.approx(z[first] - z[second])
    assert np.all(each[pad.counts() == 0] == 0)


@pytest.mark.parametrize("digit", range(10))
def test_what_a_pixel_gives_is_its_ink_times_the_slope(digit):
    pad = DigitPad(digit=digit)
    first, second, each, _ = pad.evidence()
    x = pad.counts() / 16
    lead = np.zeros(10)
    lead[[first, second]] = 1, -1
    slope = nnlib.numerical_gradient(lambda v: pad.network().forward(v[np.newaxis])[0] @ lead, x)
    assert each == pytest.approx(x * slope, abs=1e-6)


def test_a_moved_digit_is_rescued_by_preparation():
    moved, rescued, still = DigitPad(), DigitPad(), DigitPad(digit=6)
    moved.preset("moved")
    rescued.preset("rescued")
    assert moved.probabilities().argmax() == 8
    np.testing.assert_array_equal(rescued.counts(), still.counts())
    assert rescued.probabilities().argmax() == 6


def test_a_digit_takes_the_place_of_the_strokes():
    stroke = [[[40, 20], [90, 20], [60, 110]]]
    np.testing.assert_array_equal(DigitPad(strokes=stroke).scan(), DigitPad().scan())
    drawn = DigitPad(strokes=stroke, digit="none", right=5)
    expected = bitmaps.move(bitmaps.draw(stroke, pen=12), right=5, down=0)
    np.testing.assert_array_equal(drawn.scan(), expected)
    assert drawn.probabilities().argmax() == 7


def test_every_stored_digit_is_read_after_the_preparation():
    """So the figure has no sentence for one that is misread although it is prepared."""
    assert [DigitPad(digit=k).probabilities().argmax() for k in range(10)] == list(range(10))


def own_params(hidden=7, seed=0):
    rng = np.random.default_rng(seed)
    shapes = ((64, hidden), (hidden,), (hidden, 10), (10,))
    return [rng.normal(0, 0.5, shape) for shape in shapes]


def test_the_pad_reads_with_a_network_of_ones_own():
    params = own_params()
    W1, b1, W2, b2 = (np.round(p, 3) for p in params)
    shown = DigitPad(network=params, digit=4)
    x = shown.counts() / 16
    z = np.maximum(x @ W1 + b1, 0) @ W2 + b2
    np.testing.assert_allclose(shown.network().forward(x[np.newaxis])[0], z)
    np.testing.assert_allclose(shown.probabilities(), nnlib.softmax(z))
    first, second, each, constant = shown.evidence()
    assert each.sum() + constant == pytest.approx(z[first] - z[second])
    assert shown.data()["layers"][1]["b"] == np.rint(1000 * b2).tolist()
    assert shown._stored()["data"] == shown._spec["data"] == shown.data()
    chapter = DigitPad(digit=4)
    assert chapter.data()["layers"] != shown.data()["layers"]
    assert len(DigitPad.network().layers[0].bias.value) == 128


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda p: 3, TypeError, "four arrays, W1, b1, W2 and b2, got int"),
        (lambda p: p[:3], TypeError, "got 3 entries"),
        (lambda p: [p[0].T, *p[1:]], ValueError, r"W1 of network .* \(64, h\), got \(7, 64\)"),
        (lambda p: [p[0], p[1][np.newaxis], *p[2:]], ValueError, r"b1 .* \(7,\), got \(1, 7\)"),
        (lambda p: [*p[:2], p[2].T, p[3]], ValueError, r"W2 .* \(7, 10\), got \(10, 7\)"),
        (lambda p: [*p[:3], p[3] * np.nan], ValueError, "b2 of network must be finite"),
        (lambda p: [*p[:3], "x"], TypeError, "b2 of network must be an array of real numbers"),
    ],
)
def test_what_is_no_such_network_is_refused(change, error, words):
    with pytest.raises(error, match=words):
        DigitPad(network=change(own_params()))


def test_a_network_of_ones_own_reads_on_the_page(open_figure):
    params = [p.tolist() for p in own_params()]
    shown = DigitPad(network=params, digit=4)
    figure = open_figure("DigitPad", traits={"network": params, "digit": 4})
    p = shown.probabilities()
    first = p.argmax()
    assert first != 4
    assert figure.text("answer") == str(first)
    assert numbers(figure.text(f"p{first}")) == [pytest.approx(p[first], abs=5.1e-3)]
    assert figure.sentence().startswith(f"The digit is 4, and the network reads {first}, with")
    assert figure.root.get_by_text("7 hidden neurons").count()


def pad(figure):
    return DigitPad(**figure.state())


def dots(figure, name):
    """Return the ink of a picture, dot by dot, from the runs that it draws."""
    side = int(figure.get(name).get_attribute("viewBox").split()[2])
    inked = np.zeros((side, side), dtype=bool)
    for run in (figure.get(name).locator(".nn-dots-ink").get_attribute("d") or "").split("M")[1:]:
        corner, length = run.split("h")[:2]
        x, y = map(int, corner.split(","))
        inked[y, x : x + int(length.split("v")[0])] = True
    return inked


def draw(figure, points):
    figure.get("pad").evaluate("pad => pad.scrollIntoView({ block: 'center' })")
    box = figure.get("pad").bounding_box()
    places = [
        (box["x"] + (x + 0.5) * box["width"] / 128, box["y"] + (y + 0.5) * box["height"] / 128)
        for x, y in points
    ]
    mouse = figure.page.mouse
    mouse.move(*places[0])
    mouse.down()
    for place in places[1:]:
        mouse.move(*place, steps=8)
    mouse.up()


@pytest.mark.parametrize("state", STATES)
def test_every_dot_and_number_is_that_of_nnlib(open_figure, state):
    figure = open_figure("DigitPad")
    figure.set(**state)
    python = pad(figure)
    np.testing.assert_array_equal(dots(figure, "pad"), python.scan())
    np.testing.assert_array_equal(dots(figure, "counted"), python.bitmap())
    if python.prepared and python.scan().any():
        np.testing.assert_array_equal(dots(figure, "stretched"), bitmaps.stretch(python.scan()))
    counts = figure.get("counts").locator("text").all_text_contents()
    assert [int(text or 0) for text in counts] == python.counts().tolist()
    p = python.probabilities()
    for k in range(10):
        element = figure.get(f"p{k}")
        assert element.is_visible() == bool(p[k] >= 0.005)
        if p[k] >= 0.005:
            assert numbers(element.text_content()) == [pytest.approx(p[k], abs=5.1e-3)]
    first, _, each, constant = python.evidence()
    assert figure.text("answer") == str(first)
    cells = figure.get("evidence").locator("rect:not(.nn-dots-paper)")
    shades = cells.evaluate_all(
        "all => all.map((e) => [e.getAttribute('fill'), Number(e.getAttribute('fill-opacity'))])"
    )
    largest = np.abs(each).max() or 1
    for (fill, opacity), part in zip(shades, each, strict=True):
        assert opacity == pytest.approx(abs(part) / largest, abs=1e-9)
        assert part == 0 or fill == f"var(--nn-{'negative' if part < 0 else 'positive'})"
    if python.scan().any() and (python.digit in ("none", first)):
        lead = each.sum() + constant
        parts = (each[each > 0].sum(), each[each < 0].sum(), constant, lead)
        assert figure.numbers("lead")[2:] == pytest.approx(parts, abs=0.051)  # behind two names


def test_the_answer_moves_while_one_draws(open_figure):
    figure = open_figure("DigitPad")
    draw(figure, SEVEN)
    state = figure.state()
    assert state["digit"] == "none"
    assert len(state["strokes"]) == 1
    assert state["strokes"][0][0] == [30, 20]
    assert figure.text("answer") == "7"
    draw(figure, [(50, 64), (90, 64)])
    assert len(figure.state()["strokes"]) == 2
    assert figure.text("answer") == "7"


def test_a_finger_draws_and_the_page_stands_still(open_figure):
    figure = open_figure("DigitPad", viewport={"width": 390, "height": 844}, has_touch=True)
    box = figure.get("pad").bounding_box()
    touch = figure.page.context.new_cdp_session(figure.page)
    before = figure.page.evaluate("scrollY")

    def send(kind, points):
        found = [
            {"x": box["x"] + x * box["width"] / 128, "y": box["y"] + y * box["height"] / 128}
            for x, y in points
        ]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": found})

    send("touchStart", SEVEN[:1])
    for end, start in zip(SEVEN[1:], SEVEN[:-1], strict=True):
        for part in np.linspace(0.1, 1, 10):
            send("touchMove", [np.add(start, np.subtract(end, start) * part).tolist()])
    send("touchEnd", [])
    assert figure.text("answer") == "7"
    assert len(figure.state()["strokes"]) == 1
    assert figure.page.evaluate("scrollY") == before


@pytest.mark.wcag("2.1.1")
def test_keys_move_and_erase(open_figure):
    figure = open_figure("DigitPad")
    figure.choose("digit", 5)
    figure.press("pad", "ArrowLeft", times=3)
    figure.press("pad", "Shift+ArrowDown")
    state = figure.state()
    assert (state["right"], state["down"]) == (-3, 12)
    figure.press("pad", "Shift+ArrowDown", times=3)
    assert figure.state()["down"] == 16
    figure.press("pad", "Delete")
    state = figure.state()
    assert (state["digit"], state["strokes"], state["right"]) == ("none", [], 0)
    assert not dots(figure, "pad").any()


def test_a_drawing_that_was_moved_goes_on_under_the_pointer(open_figure):
    figure = open_figure("DigitPad")
    figure.set(digit="none", strokes=[[[60, 30], [60, 90]]], right=10, down=-4)
    draw(figure, [(20, 20), (40, 20)])
    assert figure.state()["strokes"][1][0] == [10, 24]
    assert dots(figure, "pad")[20, 30]


def test_a_scribble_ends_at_the_limit_and_not_in_an_error(open_figure):
    figure = open_figure("DigitPad")
    points = np.random.default_rng(0).integers(0, 128, (785, 2)).tolist()
    figure.set(digit="none", strokes=[points[:780]])
    draw(figure, points[780:])
    assert 780 < sum(map(len, figure.state()["strokes"])) <= 800
    draw(figure, [(5, 5), (90, 90)])
    assert sum(map(len, figure.state()["strokes"])) <= 800
    assert pad(figure).scan().any()
    assert figure.broken() == ""


def test_each_case_has_its_sentence(open_figure):
    figure = open_figure("DigitPad")
    sentences = set()
    for state in (
        {"digit": "none", "strokes": []},
        {"digit": 2},
        {"digit": 6, "right": 12, "prepared": False},
        {"digit": 3},
    ):
        figure.click("reset")
        figure.set(**state)
        sentences.add(without_numbers(figure.sentence()))
    assert len(sentences) == 4


def without_numbers(text):
    return "".join(letter for letter in text if not letter.isdigit())


def test_the_pen_is_there_for_what_is_drawn(open_figure):
    figure = open_figure("DigitPad")
    assert not figure.get("pen").is_visible()
    figure.click("preset-seven")
    assert figure.get("pen").is_visible()
    assert figure.get("stretched").is_visible()
    figure.get("prepared").uncheck()
    assert not figure.get("stretched").is_visible()


def test_the_counts_can_be_read_on_the_narrowest_phone(open_figure):
    figure = open_figure("DigitPad", viewport={"width": 320, "height": 700})
    size, widest, cell = figure.get("counts").evaluate("""svg => {
      const box = (element) => element.getBoundingClientRect();
      const texts = [...svg.querySelectorAll("text")];
      const scale = box(svg).width / svg.viewBox.baseVal.width;
      const size = parseFloat(getComputedStyle(texts[0]).fontSize) * scale;
      return [size, Math.max(...texts.map((text) => box(text).width)), scale];
    }""")
    assert size >= 11
    assert widest <= cell


def test_the_compact_view_is_the_pad_and_the_answer(open_figure):
    figure = open_figure("DigitPad")
    figure.set(view="compact", digit="none", strokes=[])
    draw(figure, SEVEN)
    assert figure.text("answer") == "7"
    for hidden in ("preset-moved", "prepared", "counts", "more"):
        assert not figure.get(hidden).first.is_visible()
    for colored in [{"digit": 3}, {"digit": 8, "down": 16, "prepared": False}]:
        figure.set(**colored)
        assert "lue" not in figure.sentence()
        figure.set(view="steps")
        assert "lue" in figure.sentence()
        assert figure.get("counts").is_visible()
        figure.set(view="compact")


def test_a_face_is_read_as_the_first_page_says(root):
    pad = DigitPad()
    pad.preset("face")
    p = pad.probabilities()
    said = f"${p.argmax()}$, with probability ${p.max():.2f}$"
    assert said == "$8$, with probability $0.95$"
    assert said in "".join((root / "intro.ipynb").read_text(encoding="utf-8"))


@pytest.mark.parametrize("state", STATES)
def test_ink_and_constant_make_up_the_lead_of_the_convolution(state):
    shown = DigitPad(convolution=True, reader="convolution", **state)
    first, second, each, constant = shown.evidence()
    x = shown.counts() / 16
    z = shown.reading().forward(x[np.newaxis])[0]
    assert first == z.argmax() == shown.probabilities().argmax()
    assert each.sum() + constant == pytest.approx(z[first] - z[second])
    lead = np.zeros(10)
    lead[[first, second]] = 1, -1
    moved = x + 1e-7 * np.random.default_rng(0).normal(0, 1, 64) * (x > 0)  # where ink is
    rise = shown.reading().forward(moved[np.newaxis])[0] @ lead - z @ lead
    slope = np.divide(each, x, where=x > 0, out=np.zeros(64))
    assert rise == pytest.approx(slope @ (moved - x), abs=1e-10)


def test_a_pad_without_a_convolution_has_none():
    with pytest.raises(traitlets.TraitError, match=r"DigitPad\(convolution=True\)"):
        DigitPad(reader="convolution")
    assert "convolution" not in DigitPad().data()
    both = DigitPad(convolution=True)
    assert both.data()["layers"] == DigitPad().data()["layers"]
    assert both.reading() is not None
    assert [*both.network().layers[0].weight.value.shape] == [64, 128]


def answers(figure):
    """Return what the buttons say: the digit and its probability, for each reader."""
    texts = figure.root.locator(".nn-pad-small").all_text_contents()
    return [tuple(numbers(text)) for text in texts]


@pytest.fixture
def both(open_figure):
    return open_figure("DigitPad", traits={"convolution": True, "digit": 6, "prepared": False})


def test_both_answers_are_those_of_nnlib_while_a_digit_is_dragged(both):
    both.choose("hand", "move")
    seen = set()
    for right, down in ((0, 0), (12, 0), (5, -7), (-16, 3)):
        state = both.state()
        drag(both, right - state["right"], down - state["down"])
        state = both.state()
        assert (state["right"], state["down"], state["digit"]) == (right, down, 6)
        for reader, (first, p) in zip(("dense", "convolution"), answers(both), strict=True):
            expected = DigitPad(convolution=True, **state | {"reader": reader}).probabilities()
            assert first == expected.argmax()
            assert p == pytest.approx(expected.max(), abs=5.1e-3)
            seen.add((reader, first))
    assert len(seen) >= 3  # at least one of them changes its mind


def drag(figure, right, down):
    """Drag what is on the pad by so many of its dots."""
    figure.get("pad").evaluate("pad => pad.scrollIntoView({ block: 'center' })")
    box = figure.get("pad").bounding_box()
    dot = box["width"] / 128
    x, y = box["x"] + 60 * dot, box["y"] + 60 * dot
    mouse = figure.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right * dot, y + down * dot, steps=4)
    mouse.up()


def test_the_way_to_the_answer_is_that_of_the_chosen_reader(both):
    both.set(right=12)
    both.fold(folded=False)
    shown = {}
    for reader in ("dense", "convolution"):
        both.choose("reader", reader)
        python = DigitPad(convolution=True, **both.state())
        first, _, each, constant = python.evidence()
        assert both.text("answer") == str(first)
        assert numbers(both.text(f"p{first}"))[0] == pytest.approx(
            python.probabilities().max(), abs=5.1e-3
        )
        cells = both.get("evidence").locator("rect:not(.nn-dots-paper)")
        opacity = cells.evaluate_all(
            "all => all.map((e) => Number(e.getAttribute('fill-opacity')))"
        )
        assert opacity == pytest.approx(np.abs(each) / np.abs(each).max(), abs=1e-9)
        parts = (each[each > 0].sum(), each[each < 0].sum(), constant, each.sum() + constant)
        assert both.numbers("lead")[2:] == pytest.approx(parts, abs=0.051)
        shown[reader] = both.root.inner_text()
    assert "128 hidden neurons" in shown["dense"]
    assert "80 numbers of the pooled maps" in shown["convolution"]
    assert "80 numbers of the pooled maps" not in shown["dense"]


RIGHT = {
    "both_right": (True, True),
    "only_dense": (True, False),
    "only_convolution": (False, True),
    "neither": (False, False),
}
SAID = {
    "blank": {"digit": "none", "strokes": []},
    "both_right": {"digit": 6, "prepared": True},
    "only_dense": {"digit": 2, "down": 12},
    "only_convolution": {"digit": 0, "right": -12},
    "neither": {"digit": 0, "right": -12, "down": -12},
    "both_agree": {"digit": "none", "strokes": [SEVEN], "prepared": True},
    "both_differ": {"digit": "none", "strokes": [SEVEN], "right": 16, "down": 16},
}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_two_readers_say(open_figure, language):
    """Right and wrong as it happens; so nothing is hidden of where the convolution fails."""
    figure = open_figure(
        "DigitPad",
        traits={"convolution": True, "prepared": False},
        page_options={"language": language},
    )
    sentences = {}
    for case, state in SAID.items():
        figure.click("reset")
        figure.set(**state)
        sentences[case] = without_numbers(figure.sentence())
        (dense, _), (convolution, _) = answers(figure)
        right = dense == state["digit"], convolution == state["digit"]
        if case in RIGHT:
            assert right == RIGHT[case]
        elif case != "blank":
            assert (dense == convolution) == (case == "both_agree")
    assert len(set(sentences.values())) == len(SAID)


def test_a_finger_moves_and_does_not_draw(open_figure):
    figure = open_figure("DigitPad", traits={"convolution": True, "hand": "move"})
    drag(figure, 9, 4)
    state = figure.state()
    assert (state["digit"], state["right"], state["down"]) == (3, 9, 4)
    figure.choose("hand", "draw")
    draw(figure, SEVEN)
    assert figure.state()["digit"] == "none"
    figure.choose("hand", "move")
    drag(figure, -40, 0)
    assert figure.state()["right"] == -16
    assert len(figure.state()["strokes"]) == 1


def test_without_a_convolution_nothing_of_it_is_there(open_figure):
    figure = open_figure("DigitPad")
    assert not figure.get("reader").count()
    assert not figure.get("hand").count()
