"""Tables of numbers as the chapters print them."""

import numpy as np
import pytest

import nnbook
from nnbook.tables import Table


def printed(capsys, *digits, **columns):
    nnbook.table(*digits, **columns)
    return capsys.readouterr().out.splitlines()


def test_each_column_is_below_its_name(capsys):
    lines = printed(capsys, 2, x=np.array([[0], [0.5], [1]]), error=[1, -0.25, 10.125])
    assert lines == ["  x  error", "0.0   1.00", "0.5  -0.25", "1.0  10.12"]


def test_only_the_digits_that_a_column_needs(capsys):
    assert printed(capsys, a=[0.5, 2.0]) == ["  a", "0.5", "2.0"]
    assert printed(capsys, a=[1 / 3, 2.0]) == ["     a", "0.3333", "2.0000"]
    assert printed(capsys, 0, a=[10.0, 2.0]) == [" a", "10", " 2"]


def test_no_minus_before_zero(capsys):
    assert printed(capsys, a=[-1e-9, -0.0]) == ["  a", "0.0", "0.0"]


def test_what_is_no_float_is_printed_as_it_is(capsys):
    lines = printed(capsys, n=[1, 2000], alive=[True, False], name=["relu", "tanh"])
    assert lines == ["    n  alive  name", "    1   True  relu", "2,000  False  tanh"]


def test_infinity_and_nan(capsys):
    assert printed(capsys, 1, loss=[np.inf, np.nan, 2.0]) == ["loss", " inf", " nan", " 2.0"]


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match=r"same number of rows, got x: 2, y: 3"):
        nnbook.table(x=[1, 2], y=[1, 2, 3])


def test_a_page_shows_a_table_with_its_names_set_as_mathematics():
    columns = {
        "name": ["<a"],
        "z2_0": ["1"],
        "y_hat": ["-0.25"],
        "p_1": ["nan"],
        "test_loss": ["-inf"],
    }
    columns |= {"way": ["down"], "": ["2"]}
    head, row = Table(columns)._repr_html_().splitlines()[2:6:3]
    assert head == (
        "<tr><th>name</th><th>z2<br>0</th><th><i>ŷ</i></th><th><i>p</i><sub>1</sub></th>"
        '<th>test<br>loss</th><th class="word">way</th><td></td></tr>'
    )
    assert row == (
        "<tr><td>&lt;a</td><td>1</td><td>−0.25</td><td>nan</td><td>−inf</td>"
        '<td class="word">down</td><td>2</td></tr>'
    )
