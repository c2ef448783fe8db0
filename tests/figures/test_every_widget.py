"""What every interactive figure is in Python: traits that refuse bad values, presets that fit
them, a state that can be stored, a picture."""

import copy
import json
import math

import numpy as np
import pytest
import traitlets

import figures
import nnbook.widgets
from nnbook.figures.myst import STATE_MIME, FigureRenderer
from nnbook.figures.traits import (
    Choice,
    Letters,
    Number,
    Numbers,
    Pairs,
    Rows,
    Strokes,
    Switch,
    Whole,
)
from nnlib.plots import to_svg

CLASSES = [getattr(nnbook.widgets, name) for name in nnbook.widgets.FIGURES]
TRAITS = [(cls, name) for cls in CLASSES for name in cls.class_traits(figure=True)]


@pytest.fixture(params=CLASSES, ids=lambda cls: cls.__name__)
def cls(request):
    return request.param


@pytest.fixture(params=TRAITS, ids=lambda pair: f"{pair[0].__name__}.{pair[1]}")
def trait(request):
    cls, name = request.param
    return cls, name, cls.class_traits()[name]


def test_the_list_of_all_is_that_of_the_folders(root):
    assert (root / "nnbook" / "widgets.py").read_text(encoding="utf-8") == figures.registry()


def test_a_bad_value_is_refused_by_name(trait):
    cls, name, kind = trait
    figure = cls()
    before = figure.state()
    bad = ["no sense", None, math.nan]
    if isinstance(kind, Number):
        bad += [True, kind.min - 1, kind.max + 1, math.inf, -math.inf, [1.0]]
    if isinstance(kind, Whole):
        bad.append(kind.min + 0.5)
    if isinstance(kind, Numbers):
        bad += [[], [[[[1.0]]]], np.full(np.shape(kind.default()), math.inf)]
    if isinstance(kind, Strokes):
        bad += [[[[kind.max + 1, 0]]], [[[0.5, 0]]], [[[0, 0, 0]]], [[0, 0]]]
        bad += [[[[0, 0]] * kind.most, [[0, 0]]]]
    if isinstance(kind, Rows):
        row = [kind.min] * kind.width if kind.width else kind.min
        bad += [[[[1.0]]], [row] * (kind.most + 1)]
        bad += [[[math.inf] * kind.width] if kind.width else [math.inf]]
    if isinstance(kind, Pairs):
        one, other = (names[0] for names in kind.names)
        bad += [[[one]], [one, other], [[other, one]], [[one, "nonsense"]], [[one, None]]]
    if isinstance(kind, Letters):
        bad += ["A" * kind.most, "é" * kind.most, "." * kind.most, "a" * (kind.most + 1), ["a"]]
        bad += ["a" * (kind.least - 1)] if kind.least else []
    for value in bad:
        with pytest.raises(traitlets.TraitError, match=name):
            setattr(figure, name, value)
        assert figure.state() == before


def test_every_trait_is_one_that_a_control_can_move(trait):
    _, name, kind = trait
    known = Number | Choice | Switch | Numbers | Pairs | Rows | Strokes | Letters
    assert isinstance(kind, known), name
    if isinstance(kind, Number):
        assert kind.min < kind.max
        assert 0 < kind.step <= kind.max - kind.min
        assert kind.scale == "linear" or kind.min > 0


@pytest.mark.exhaustive
def test_the_ends_of_every_slider_can_be_drawn(trait):
    cls, name, kind = trait
    if isinstance(kind, Number):
        for value in (kind.min, kind.max):
            figure = cls(**{name: value})
            assert getattr(figure, name) == value
            assert to_svg(figure.figure()).startswith("<svg")


def test_presets_can_be_set(cls):
    for name, preset in cls.presets.items():
        figure = cls()
        figure.preset(name)
        state = figure.state()
        for trait, value in preset.items():
            stored = np.asarray(state[trait], dtype=object)
            assert np.all(stored == np.asarray(value, dtype=object)), (name, trait)
    with pytest.raises(ValueError, match="name must be one of"):
        cls().preset("nothing")


def test_unknown_traits_are_refused(cls):
    with pytest.raises(TypeError, match=f"{cls.__name__} has no 'nothing'; it has .*language"):
        cls(nothing=1)


def test_an_unknown_attribute_is_refused_and_a_near_trait_named(cls):
    figure = cls()
    name = next(iter(cls.class_traits(figure=True)))
    with pytest.raises(AttributeError, match=rf"has no '{name}z'; did you mean .*It has .*{name}"):
        setattr(figure, f"{name}z", 3)
    figure.layout = {"width": "50%"}  # what ipywidgets have is theirs
    figure._note = 1
    assert not hasattr(figure, f"{name}z")


def test_a_list_that_a_figure_shows_does_not_change_behind_its_back(trait):
    cls, name, kind = trait
    if not isinstance(kind, Numbers | Rows | Strokes):
        return
    figure = cls(**{name: [[[1, 2]]]}) if isinstance(kind, Strokes) else cls()
    shown = getattr(figure, name)
    lists = [shown, *(row for row in shown if isinstance(row, list))]
    for entries in lists:
        changes = [entries.clear, entries.pop, lambda: entries.append(0)]  # noqa: B023
        for change in [*changes, lambda: entries.__setitem__(slice(None), [])]:  # noqa: B023
            with pytest.raises(TypeError, match="set the whole trait"):
                change()
    assert getattr(figure, name) == shown
    own = copy.deepcopy(shown)
    assert own == shown
    own.clear()
    shown += [1]
    assert getattr(figure, name) != shown


def test_what_is_stored_is_small_complete_and_the_same_each_time(cls):
    first, _ = cls()._repr_mimebundle_()
    second, _ = cls()._repr_mimebundle_()
    for mime in (STATE_MIME, "text/plain", "image/svg+xml"):
        assert first[mime] == second[mime]
    stored = first[STATE_MIME]
    assert stored["figure"] == cls.__name__
    assert stored["state"] == cls().state()
    assert set(stored["controls"]) == set(stored["state"])
    text = json.dumps(stored, allow_nan=False)
    assert json.loads(text) == json.loads(json.dumps(second[STATE_MIME]))
    limit = 60_000 if stored["figure"] == "DigitPad" else 40_000  # it has a trained network
    assert len(text) < limit
    assert "application/vnd.jupyter.widget-view+json" in first
    assert first["text/plain"] == f"{cls.__name__}()"


def test_the_stored_state_makes_the_same_figure(cls):
    for preset in [{}, *cls.presets.values()]:
        figure = cls(**preset)
        state = json.loads(json.dumps(figure.state()))
        assert cls(**state).state() == figure.state()


@pytest.mark.slow
def test_the_picture_follows_the_state_and_leaves_pyplot_alone(cls):
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    pictures = [to_svg(cls(**preset).figure()) for preset in [{}, *cls.presets.values()]]
    assert plt.get_fignums() == before
    assert all(picture.startswith("<svg") for picture in pictures)
    different = {json.dumps(cls(**preset).state()) for preset in [{}, *cls.presets.values()]}
    assert len(set(pictures)) > len(different) / 2


def test_repr_names_what_differs(cls):
    assert repr(cls()) == f"{cls.__name__}()"
    assert repr(cls(language="zh")) == f"{cls.__name__}()"


def test_its_words_follow_the_language_of_the_session(cls):
    assert cls().language == "en"
    try:
        nnbook.set_language("zh")
        assert cls().language == "zh"
    finally:
        nnbook.set_language("en")
    with pytest.raises(traitlets.TraitError):
        cls().language = "fr"


def test_its_module_is_complete(cls):
    assert f'export default nnlibFigures.widget("{cls.__name__}");' in cls._esm
    assert f'.define)("{cls.__name__}",' in cls._esm  # its own script, minified
    assert ".nn-figure" in cls._css


def test_page_element_keeps_the_state_whatever_characters_it_has():
    import html
    import re
    from types import SimpleNamespace

    content = {"figure": "Some", "state": {"text": 'it\'s <b> & "quoted" </div>'}}
    data = SimpleNamespace(mime_type=STATE_MIME, content=content)
    (node,) = FigureRenderer.handle_mime(None, data, inline=False)
    stored = re.search(r"data-state='([^']*)'", node.astext())[1]
    assert json.loads(html.unescape(stored)) == content
    assert FigureRenderer.handle_mime(None, data, inline=True) is None
    other = SimpleNamespace(mime_type="text/plain", content="x")
    assert FigureRenderer.handle_mime(None, other, inline=False) is None
