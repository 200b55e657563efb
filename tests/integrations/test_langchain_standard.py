"""langchain-tests' own suites against the emulator: no xfail; what is skipped, the API lacks."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any, ClassVar, Dict, List, Optional, Tuple

import pytest
from gateways import needs

from dsadapter.testing import Emulator

needs("langchain", "langchain_core", "langchain_tests")

from langchain_core.messages import AIMessage  # noqa: E402
from langchain_tests.integration_tests import ChatModelIntegrationTests  # noqa: E402
from langchain_tests.unit_tests import ChatModelUnitTests  # noqa: E402

from dsadapter.integrations.langchain import ChatDeepSeek  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")


class TestUnit(ChatModelUnitTests):
    @property
    def chat_model_class(self) -> Any:
        return ChatDeepSeek

    @property
    def chat_model_params(self) -> Dict[str, Any]:
        return {"model": "deepseek-flash", "api_key": "test"}

    @property
    def standard_chat_model_params(self) -> Dict[str, Any]:
        return {**super().standard_chat_model_params, "api_key": "test"}

    @property
    def init_from_env_params(self) -> Tuple[Dict[str, str], Dict[str, Any], Dict[str, Any]]:
        variables = {"DEEPSEEK_API_KEY": "key-of-env"}
        return variables, {"model": "deepseek-flash"}, {"api_key": "key-of-env"}


class TestIntegration(ChatModelIntegrationTests):
    place: ClassVar[Dict[str, Any]] = {}

    @pytest.fixture(autouse=True)
    def upstream(self, emulator: Emulator, monkeypatch: Any) -> None:
        """The emulator, a little cleverer: the suites ask for numbers and keys in their prompts."""
        from dsadapter.testing.emulator import model

        def sample(schema: Any, text: str) -> Any:
            number = re.search(r"\d+", text)
            if schema.get("type") == "integer" and number:
                return int(number.group())
            return simple_sample(schema, text)

        def answer(request: Any) -> str:
            keys = re.findall(r"'(\w+)'", request.last_user_text)
            if not (request.json_mode and keys):
                return simple_answer(request)
            return json.dumps({key: f"the {key}" for key in keys})

        simple_sample, simple_answer = model._sample_of_type, model._text
        monkeypatch.setattr(model, "_sample_of_type", sample)
        monkeypatch.setattr(model, "_text", answer)
        self.place["base_url"] = emulator.base_url

    @pytest.fixture(autouse=True)
    def no_network(self, monkeypatch: Any) -> None:
        """The suites fetch a picture."""
        picture = SimpleNamespace(content=b"\xff\xd8\xff\xe0 a picture")
        monkeypatch.setattr("httpx.get", lambda *_, **__: picture)

    @property
    def chat_model_class(self) -> Any:
        return ChatDeepSeek

    @property
    def chat_model_params(self) -> Dict[str, Any]:
        return {"model": "deepseek-flash", "api_key": "any", "provider": "deepseek", **self.place}

    @property
    def supports_json_mode(self) -> bool:
        return True

    @property
    def supports_image_inputs(self) -> bool:
        return True

    @property
    def supports_image_urls(self) -> bool:
        return True

    @property
    def supports_anthropic_inputs(self) -> bool:
        return True

    @property
    def supports_model_override(self) -> bool:
        return True

    @property
    def model_override_value(self) -> Optional[str]:
        return "deepseek-v4-pro"

    @property
    def supported_usage_metadata_details(self) -> Any:
        counted: List[str] = ["reasoning_output", "cache_read_input"]
        return {"invoke": counted, "stream": counted}

    def invoke_with_reasoning_output(self, *, stream: bool = False) -> AIMessage:
        return self._asked(stream)

    def invoke_with_cache_read_input(self, *, stream: bool = False) -> AIMessage:
        return self._asked(stream)

    def _asked(self, stream: bool) -> AIMessage:
        model = ChatDeepSeek(**self.chat_model_params)
        if not stream:
            return model.invoke("How many?")
        first, *others = model.stream("How many?")
        for other in others:
            first += other
        return first
