"""What KernelExplorer shows is the convolution of nnlib, forward and backward."""

import numpy as np
import pytest
import traitlets
from driver import numbers

import nnlib
from nnbook.widgets import KernelExplorer

FOUR = [[0, 0, 5, 5]] * 4
STATES = [
    {},
    {"place": 0, "relu": True, "bias": -4},
    {"right": 1, "down": -2, "place": 63, "kernel": [[0.1, 0.25, -0.3]] * 3},
    {"picture": [[0, 3, 9, 1], [4, 4, 4, 4], [9, 0, 0, 2]], "place": 30, "bias": 7},
    {"view": "backward", "place": 21},
    {"view": "backward", "relu": True, "bias": -30},
    *KernelExplorer.presets.values(),
]
KERNELS = [name for name in KernelExplorer.presets if name.startswith("kernel")]


def loss(figure, picture, kernel):
    """Return the number at the figure's place, for another picture and kernel."""
    layer = nnlib.Conv2d.from_arrays((*picture.shape, 1), kernel.reshape(3, 3, 1, 1), [figure.bias])
    z = layer(picture.reshape(1, -1)).reshape(picture.shape)[figure.at()]
    return max(0, z) if figure.relu else z


@pytest.mark.parametrize("state", STATES)
def test_products_and_bias_make_the_number_at_this_place(state):
    figure = KernelExplorer(**state)
    z = figure.products().sum() + figure.bias
    assert figure.map()[figure.at()] == pytest.approx(max(0, z) if figure.relu else z)


@pytest.mark.parametrize("state", STATES)
def test_the_slopes_are_those_of_differences(state):
    figure = KernelExplorer(**state)
    picture, kernel = figure.shown(), np.array(figure.kernel)
    pixels, weights = figure.slopes()
    of_pixels = nnlib.numerical_gradient(lambda x: loss(figure, x, kernel), picture)
    of_weights = nnlib.numerical_gradient(lambda w: loss(figure, picture, w), kernel)
    assert pixels == pytest.approx(of_pixels, abs=1e-6)
    assert weights == pytest.approx(of_weights, abs=1e-6)


def test_a_corner_is_found_where_the_sum_has_a_threshold():
    corner = KernelExplorer(relu=True, bias=-20)
    corner.preset("picture_corner")
    corner.preset("kernel_corner")
    assert np.argwhere(corner.map()).tolist() == [[3, 3]]


def test_the_blur_is_a_mean_and_the_edge_sees_no_brightness():
    blur, edge = KernelExplorer(picture=[[7] * 5] * 5), KernelExplorer(picture=[[7] * 5] * 5)
    blur.preset("kernel_blur")
    assert blur.map()[1:-1, 1:-1] == pytest.approx(7)
    assert np.all(edge.map()[1:-1, 1:-1] == 0)


def test_what_is_pushed_over_the_rim_comes_back():
    figure = KernelExplorer(picture=FOUR, right=3)
    assert not figure.shown().any()
    figure.right = -2
    assert figure.shown().tolist() == [[5, 5, 0, 0]] * 4


@pytest.mark.parametrize(
    "picture",
    [
        [[0] * 2] * 4,
        [[0] * 9] * 4,
        [0] * 9,
        [*[[0] * 4] * 3, [0] * 3],
        [[0.5] * 4] * 4,
        [[10] * 4] * 4,
        [[-1] * 4] * 4,
        "picture",
        [[True, "x", 0]] * 3,
    ],
)
def test_a_bad_picture_is_refused(picture):
    with pytest.raises(traitlets.TraitError, match="picture"):
        KernelExplorer(picture=picture)


def texts(figure, name):
    """Return the numbers of a grid, as they stand there."""
    found = figure.get(name).locator("[role=img] text").all_text_contents()
    return [numbers(text)[0] for text in found]


@pytest.mark.parametrize("state", STATES)
def test_every_number_is_that_of_nnlib(open_figure, state):
    figure = open_figure("KernelExplorer")
    figure.set(**state)
    python = KernelExplorer(**figure.state())
    pixels, weights = python.slopes()
    backward = python.view == "backward"
    assert texts(figure, "picture") == pytest.approx(
        (pixels if backward else python.shown()).ravel()
    )
    for shown, z in zip(texts(figure, "map"), python.map().ravel(), strict=True):
        assert shown == pytest.approx(z, abs=0.051 if abs(z) < 9.95 else 0.51)
    row, column = python.at()
    for i in range(3):
        for j in range(3):
            value = (weights if backward else python.products())[i, j]
            assert figure.number(f"product{i + 1}{j + 1}") == pytest.approx(value)
            box = figure.named(f"w{i + 1}{j + 1}")
            assert numbers(box.input_value()) == [pytest.approx(python.kernel[i][j])]
    shown = figure.numbers("sum")
    if backward:
        assert shown[-1] == float(pixels.any() or weights.any())
    else:
        assert shown[-5:] == pytest.approx(
            [*python.products().sum(axis=1), python.bias, python.map()[row, column]]
        )


def hit(figure, name, row, column):
    """Return the middle of a square on the screen."""
    figure.get(name).evaluate("svg => svg.scrollIntoView({ block: 'center' })")
    width = len(figure.state()["picture"][0])
    square = figure.get(name).locator("[role=img]").nth(row * width + column).bounding_box()
    return square["x"] + square["width"] / 2, square["y"] + square["height"] / 2


def test_pixels_are_lit_and_put_out(open_figure):
    figure = open_figure("KernelExplorer")
    figure.click("clear")
    mouse = figure.page.mouse
    mouse.move(*hit(figure, "picture", 2, 1))
    mouse.down()
    mouse.move(*hit(figure, "picture", 2, 4))  # at once: nothing between is left out
    mouse.up()
    expected = np.zeros((8, 8))
    expected[2, 1:5] = 9
    assert figure.state()["picture"] == expected.tolist()
    mouse.click(*hit(figure, "picture", 2, 2))
    figure.page.keyboard.press("ArrowDown")
    figure.page.keyboard.press("5")
    expected[2, 2], expected[3, 2] = 0, 5
    assert figure.state()["picture"] == expected.tolist()
    figure.page.keyboard.press("Delete")
    assert figure.state()["picture"][3][2] == 0


def test_a_finger_paints_and_the_page_stands_still(open_figure):
    figure = open_figure("KernelExplorer", viewport={"width": 390, "height": 844}, has_touch=True)
    figure.click("clear")
    places = [hit(figure, "picture", row, 3) for row in range(8)]
    touch = figure.page.context.new_cdp_session(figure.page)
    before = figure.page.evaluate("scrollY")
    for kind, place in [
        ("touchStart", places[0]),
        *(("touchMove", place) for place in places[1:]),
        ("touchEnd", None),
    ]:
        points = [dict(zip("xy", place, strict=True))] if place else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert [row[3] for row in figure.state()["picture"]] == [9] * 8
    assert figure.page.evaluate("scrollY") == before


def test_what_is_painted_on_a_moved_picture_is_where_the_pointer_is(open_figure):
    figure = open_figure("KernelExplorer")
    figure.set(picture=[[1, 0, 0], [0, 0, 0], [0, 0, 0]], right=1, down=1, place=0)
    figure.page.mouse.click(*hit(figure, "picture", 2, 0))
    state = figure.state()
    assert state["picture"] == [[0, 0, 0], [0, 1, 0], [9, 0, 0]]
    assert (state["right"], state["down"]) == (0, 0)


def test_the_map_moves_along_with_the_picture(open_figure):
    figure = open_figure("KernelExplorer")
    before = np.reshape(texts(figure, "map"), (8, 8))
    figure.click("move-right")
    assert figure.state()["right"] == 1
    after = np.reshape(texts(figure, "map"), (8, 8))
    np.testing.assert_array_equal(after[:, 1:], before[:, :-1])
    assert figure.sentence().startswith("The picture has moved, and each number of the map with it")
    figure.press("picture", "Shift+ArrowRight")
    figure.press("picture", "Shift+ArrowUp")
    assert (figure.state()["right"], figure.state()["down"]) == (2, -1)
    assert figure.sentence().startswith("Picture and map have moved; numbers that changed")
    still, there = KernelExplorer(), KernelExplorer(right=2, down=-1)
    changed = np.sum(there.map()[:-1, 2:] != still.map()[1:, :-2])
    assert numbers(figure.sentence())[-1] == changed > 0
    figure.click("move-right")
    assert not figure.named("move-right").is_enabled()


def test_the_window_goes_where_the_map_is_touched(open_figure):
    figure = open_figure("KernelExplorer")
    figure.page.mouse.click(*hit(figure, "map", 5, 2))
    assert figure.state()["place"] == 42
    figure.press("map", "ArrowLeft", times=4)
    figure.press("map", "ArrowUp")
    assert figure.state()["place"] == 32
    cell = figure.get("map").get_attribute("aria-activedescendant")
    assert (
        figure.page.locator(f"[id='{cell}']")
        .get_attribute("aria-label")
        .startswith("row 5, column 1:")
    )
    frame = figure.get("picture").locator(".nn-kernel-frame")
    assert [frame.get_attribute(side) for side in "xy"] == ["-1", "3"]


def test_where_the_keyboard_is_can_be_seen(open_figure):
    figure = open_figure("KernelExplorer")
    cursors = [figure.get(name).locator(".nn-kernel-cursor") for name in ("picture", "map")]
    figure.page.mouse.click(*hit(figure, "map", 5, 2))
    assert not any(cursor.is_visible() for cursor in cursors)
    figure.press("picture", "ArrowRight")
    assert [cursor.is_visible() for cursor in cursors] == [True, False]
    assert [cursors[0].get_attribute(side) for side in "xy"] == ["1", "0"]


def test_a_weight_is_typed_dragged_and_stepped(open_figure):
    figure = open_figure("KernelExplorer")
    box = figure.get("w12")
    for typed, weight in (("-1,5", -1.5), ("1/4", 0.25), ("7", 3), ("x", 3)):
        box.fill(typed)
        box.press("Enter")
        assert figure.state()["kernel"][0] == [-1, weight, 1]
        assert numbers(box.input_value()) == [weight]
    box.press("ArrowDown")
    box.press("Shift+ArrowDown")
    assert figure.state()["kernel"][0][1] == 1.9
    figure.drag("w12", -40, 0)
    assert figure.state()["kernel"][0][1] == 0.9
    assert box.get_attribute("aria-valuenow") == "0.9"
    box.fill("2")
    figure.named("w13").focus()  # what was typed counts when one leaves
    assert figure.state()["kernel"][0] == [-1, 2, 1]


def test_a_tap_on_a_weight_is_there_to_type(open_figure):
    figure = open_figure("KernelExplorer")
    figure.hit(figure.named("w33"))
    figure.page.keyboard.type("0.5")
    figure.page.keyboard.press("Enter")
    assert figure.state()["kernel"][2] == [-1, 0, 0.5]


def test_backward_the_picture_is_not_painted(open_figure):
    figure = open_figure("KernelExplorer")
    picture = figure.state()["picture"]
    figure.choose("view", "backward")
    figure.page.mouse.click(*hit(figure, "picture", 1, 6))
    assert figure.state()["place"] == 14
    figure.page.keyboard.press("5")
    assert figure.state()["picture"] == picture


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_case_has_its_sentence(open_figure, language):
    figure = open_figure("KernelExplorer", page_options={"language": language})
    sentences = set()
    for state in (
        {},
        {"place": 2 * 8 + 4},
        {"place": 7 * 8},
        {"kernel": [[1] * 3] * 3, "picture": [[2] * 8] * 8},
        {"relu": True, "place": 6 * 8 + 4},
        {"right": 1},
        {"right": 3},
        {"view": "backward"},
        {"view": "backward", "relu": True, "bias": -30},
    ):
        figure.click("reset")
        figure.set(**state)
        sentences.add("".join(sign for sign in figure.sentence() if not sign.isdigit()))
    assert len(sentences) == 9


def test_a_smaller_picture_has_fewer_places(open_figure):
    figure = open_figure("KernelExplorer", traits={"picture": FOUR, "place": 5})
    assert len(texts(figure, "map")) == 16
    assert figure.find("input[type=range]").get_attribute("max") == "15"
    figure.press("map", "ArrowDown", times=5)
    assert figure.state()["place"] == 13
    figure.press("picture", "ArrowRight", times=9)
    figure.page.keyboard.press("3")
    assert figure.state()["picture"][0] == [0, 0, 5, 3]


def test_another_size_moves_nothing(open_figure):
    for width in (390, 810):
        viewport = {"width": width, "height": 844}
        figure = open_figure("KernelExplorer", traits={"picture": FOUR}, viewport=viewport)
        tops = []
        for picture in (FOUR, [[1] * 3] * 8, [[1] * 8] * 3, [[1] * 8] * 8):
            figure.set(picture=picture)
            tops.append(figure.get("play").bounding_box()["y"])
        assert max(tops) - min(tops) < 1


CONTRASTS = """svg => {
  const channels = (css) => css.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (rgb) => rgb
    .map((c) => (c / 255 <= 0.04045 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0.05);
  return [...svg.querySelectorAll("[role=img]")].map((square) => {
    const [paper, shade, text] = [...square.children].map((part) => getComputedStyle(part));
    const [below, above] = [paper, shade].map(({ fill }) => channels(fill));
    const opacity = Number(shade.fillOpacity);
    const ground = light(below.map((c, i) => c + (above[i] - c) * opacity));
    const ratio = light(channels(text.fill)) / ground;
    return Math.max(ratio, 1 / ratio);
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_number_stands_out_from_its_shade(open_figure, scheme):
    figure = open_figure("KernelExplorer", color_scheme=scheme)
    figure.set(picture=[[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 0, 9]])
    for name in ("picture", "map"):
        assert min(figure.get(name).evaluate(CONTRASTS)) >= 4.5


def test_numbers_can_be_read_on_the_narrowest_phone(open_figure):
    figure = open_figure("KernelExplorer", viewport={"width": 320, "height": 700})
    for name in ("picture", "map"):
        size, widest, cell = figure.get(name).evaluate("""svg => {
          const box = (element) => element.getBoundingClientRect();
          const texts = [...svg.querySelectorAll("[role=img] text:not([data-long])")];
          const scale = box(svg).width / svg.viewBox.baseVal.width;
          const size = parseFloat(getComputedStyle(texts[0]).fontSize) * scale;
          return [size, Math.max(...texts.map((text) => box(text).width)), scale];
        }""")
        assert size >= 11
        assert widest <= cell
