"""The legacy face: what ``import openai`` gave in 0.27 and 0.28, on every backend.

Whichever module of it is imported first, all classes are loaded: objects of an answer get theirs
by the value of ``object``, and a resource is an object that makes calls.
"""

from __future__ import annotations

from . import object_calls as object_calls
from . import object_classes as object_classes
