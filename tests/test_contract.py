"""The contract, on every backend that can exist in this environment."""

from dsadapter.testing.contract import *  # noqa: F403
from dsadapter.testing.contract import test_the_expected_backend_is_here  # noqa: F401
