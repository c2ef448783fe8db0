"""Stands in for IPython on the page: what notebooks use of it."""  # noqa: N999


def get_ipython() -> None:
    """There is no shell of IPython."""
    return None  # noqa: RET501  as IPython says it
