"""Matplotlib lists its fonts in each new kernel and says so in red; nothing is wrong."""

import logging

logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
del logging
