"""``openai.util`` of 0.28; the code is in ``_legacy.util``."""

from __future__ import annotations

from dsadapter._legacy import modules
from dsadapter._legacy.util import *  # noqa: F403  (for type checkers)
from dsadapter._legacy.util import ApiType as ApiType
from dsadapter._legacy.util import api_key_to_header as api_key_to_header
from dsadapter._legacy.util import convert_to_dict as convert_to_dict
from dsadapter._legacy.util import convert_to_openai_object as convert_to_openai_object
from dsadapter._legacy.util import default_api_key as default_api_key
from dsadapter._legacy.util import get_object_classes as get_object_classes
from dsadapter._legacy.util import merge_dicts as merge_dicts

modules.publish(__name__)
