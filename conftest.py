"""Let nbval run the editions on two machines: a translation has the cells of the first edition."""

from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Start the kernel of a translation, with its first cell, in the plainest environment."""
    if item.path.suffix != ".ipynb":
        return (yield)
    import portable

    with portable.within(portable.plain() if portable.is_translation(item.path) else {}):
        return (yield)
