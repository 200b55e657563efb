# mypy: ignore-errors
"""Runs at the start of every Python process below ``python -m dsadapter run``.

This folder stands first in PYTHONPATH there. It installs dsadapter as the parent was, then does
what the environment's own sitecustomize would have done.
"""

import os
import sys


def _install():
    if sys.version_info < (3, 8) or os.environ.get("DSADAPTER_INSTALL") != "1":
        return
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(os.path.dirname(here)))
    try:
        import dsadapter  # noqa: F401
    except ImportError:
        sys.path.append(root)  # the child runs in another folder, or another environment
    from dsadapter._dropin import from_environment

    from_environment()


def _next_one():
    """The sitecustomize that this one hides."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [p for p in sys.path if os.path.abspath(p or ".") != here]
    this = sys.modules.pop("sitecustomize", None)
    try:
        import sitecustomize  # noqa: F401
    except ImportError as err:
        if getattr(err, "name", None) != "sitecustomize":
            raise
        sys.modules["sitecustomize"] = this


try:
    _install()
finally:
    _next_one()
