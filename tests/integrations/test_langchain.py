"""ChatDeepSeek beyond what the standard suites ask: reasoning, repairs, errors, keys, arguments."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import pickle
from typing import Any, Dict, List

import pytest
from gateways import ANSWER, needs

import dsadapter
from dsadapter.testing import Emulator

needs("langchain", "langchain_core")

from langchain_core.callbacks import (  # noqa: E402
    AsyncCallbackHandler,
    BaseCallbackHandler,
    UsageMetadataCallbackHandler,
)
from langchain_core.messages import (  # noqa: E402
    AIMessage,
    ChatMessage,
    FunctionMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
)
from langchain_core.runnables import ConfigurableField  # noqa: E402
from langchain_core.tools import tool  # noqa: E402
from pydantic import BaseModel, SecretStr  # noqa: E402

from dsadapter.integrations.langchain import ChatDeepSeek  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::dsadapter.RepairWarning")
KEY = "sk-langchain-0123456789abcdZQXW"
DISABLED = {"type": "disabled"}


class Weather(BaseModel):
    """The weather at a place."""

    place: str


@tool
def look(place: str) -> str:
    """Look at the weather."""
    return f"sunny in {place}"


def model(emulator: Emulator, **options: Any) -> ChatDeepSeek:
    place = {"api_key": KEY, "base_url": emulator.base_url, "provider": "deepseek"}
    return ChatDeepSeek(**{"model": "deepseek-flash", "max_retries": 0, **place, **options})


def sent(emulator: Emulator) -> Dict[str, Any]:
    """The body of the last request."""
    return dict(json.loads(emulator.requests[-1].body))


def added(chunks: List[Any]) -> Any:
    first, *others = chunks
    for other in others:
        first += other
    return first


async def collected(stream: Any) -> List[Any]:
    return [chunk async for chunk in stream]


# --- answers -------------------------------------------------------------------------------------


def test_reasoning_is_kept_whole_streamed_and_async(emulator: Emulator) -> None:
    made = model(emulator)
    answers = [
        made.invoke("你好"),
        added(list(made.stream("你好"))),
        asyncio.run(made.ainvoke("你好")),
        added(asyncio.run(collected(made.astream("你好")))),
    ]
    for answer in answers:
        assert answer.content == ANSWER
        assert answer.additional_kwargs["reasoning_content"] == ANSWER  # the recording has it so
        assert answer.response_metadata["finish_reason"] == "stop"
        assert answer.response_metadata["model_name"] == "deepseek-flash"
        assert answer.response_metadata["model_provider"] == "deepseek"
        assert answer.usage_metadata["output_token_details"]["reasoning"] > 0


def test_usage(emulator: Emulator) -> None:
    usage = model(emulator).invoke("Hello").usage_metadata
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]
    assert usage["input_token_details"] == {"cache_read": 0}
    counter = UsageMetadataCallbackHandler()
    for _ in model(emulator).stream("Hello", config={"callbacks": [counter]}):
        pass
    assert counter.usage_metadata["deepseek-flash"] == usage


@pytest.mark.parametrize("fault", ["usage-chunk", "empty-choices"])
def test_usage_is_counted_once_wherever_it_stands(emulator: Emulator, fault: str) -> None:
    expected = model(emulator).invoke("Hello").usage_metadata
    emulator.fault(fault)
    assert added(list(model(emulator).stream("Hello"))).usage_metadata == expected


def test_batches(emulator: Emulator) -> None:
    asked = [f"number {nth}" for nth in range(8)]
    for answers in (model(emulator).batch(asked), asyncio.run(model(emulator).abatch(asked))):
        assert all(text in answer.content for text, answer in zip(asked, answers))


def test_each_token_is_called_back(emulator: Emulator) -> None:
    class Tokens(BaseCallbackHandler):
        def __init__(self) -> None:
            self.found: List[str] = []

        def on_llm_new_token(self, token: Any, **_: Any) -> None:
            self.found.append(token)

    class AsyncTokens(AsyncCallbackHandler):
        def __init__(self) -> None:
            self.found: List[str] = []

        async def on_llm_new_token(self, token: Any, **_: Any) -> None:
            self.found.append(token)

    made = model(emulator, streaming=True)
    tokens, async_tokens = Tokens(), AsyncTokens()
    text = made.invoke("Hello", config={"callbacks": [tokens]}).content
    asyncio.run(made.ainvoke("Hello", config={"callbacks": [async_tokens]}))
    assert "".join(tokens.found) == "".join(async_tokens.found) == text
    assert len(tokens.found) > 5


def test_repairs_are_told(emulator: Emulator) -> None:
    made = model(emulator, model="deepseek-reasoner")
    for answer in (made.invoke("Hello"), added(list(made.stream("Hello")))):
        (repair,) = answer.response_metadata["repairs"]
        assert repair["id"] == "retired-model-name"
    assert "repairs" not in model(emulator).invoke("Hello").response_metadata


def test_several_answers(emulator: Emulator) -> None:
    result = model(emulator).generate([[HumanMessage("a")], [HumanMessage("b")]])
    whole = result.llm_output["token_usage"]["total_tokens"]
    each = [run[0].message.usage_metadata["total_tokens"] for run in result.generations]
    assert whole == sum(each)


def test_leaving_a_stream_closes_the_connection(emulator: Emulator) -> None:
    made = model(emulator)
    emulator.fault("long-answer", tokens=1_000_000)
    stream = made.stream("Hello")
    next(stream)
    stream.close()
    assert "Hello" in made.invoke("Hello").content


# --- histories -----------------------------------------------------------------------------------


def test_reasoning_is_sent_back_where_tools_are_in_play(emulator: Emulator) -> None:
    made = model(emulator, repair="off").bind_tools([look])
    asked = made.invoke("the weather in Beijing?")
    (call,) = asked.tool_calls
    thought = asked.additional_kwargs["reasoning_content"]
    assert thought and call["name"] == "look"
    history = [HumanMessage("the weather in Beijing?"), asked, look.invoke(call)]
    answer = made.invoke(history)
    assert "sunny in" in answer.content
    turns = sent(emulator)["messages"]
    assert turns[1]["reasoning_content"] == thought
    assert turns[1]["tool_calls"][0]["function"]["arguments"] == json.dumps(call["args"])
    assert turns[2] == {"role": "tool", "tool_call_id": call["id"], "content": history[2].content}
    model(emulator).invoke([*history, answer, HumanMessage("thanks")])  # without tools bound
    assert [turn.get("reasoning_content") for turn in sent(emulator)["messages"]][1] == thought


def test_reasoning_survives_a_stream_and_a_round_trip(emulator: Emulator) -> None:
    made = model(emulator, repair="off").bind_tools([look])
    asked = added(list(made.stream("the weather in Beijing?")))
    asked = pickle.loads(pickle.dumps(asked))
    made.invoke([HumanMessage("the weather?"), asked, look.invoke(asked.tool_calls[0])])
    thought = sent(emulator)["messages"][1]["reasoning_content"]
    assert thought == asked.additional_kwargs["reasoning_content"] != ""


def test_reasoning_of_the_v1_format_is_sent_back(emulator: Emulator) -> None:
    if "output_version" not in ChatDeepSeek.model_fields:
        pytest.skip("langchain-core 0.3 has one format of messages")
    made = model(emulator, output_version="v1", repair="off").bind_tools([look])
    asked = made.invoke("the weather in Beijing?")
    assert [block["type"] for block in asked.content] == ["reasoning", "tool_call"]
    asked.additional_kwargs.clear()
    made.invoke([HumanMessage("the weather?"), asked, look.invoke(asked.tool_calls[0])])
    turn = sent(emulator)["messages"][1]
    assert turn["reasoning_content"] == asked.content[0]["reasoning"]
    assert turn["content"] == "" and len(turn["tool_calls"]) == 1


def test_reasoning_is_left_out_without_tools(emulator: Emulator) -> None:
    asked = model(emulator).invoke("Hello")
    model(emulator).invoke([HumanMessage("Hello"), asked, HumanMessage("again")])
    assert set(sent(emulator)["messages"][1]) == {"role", "content"}


def test_every_kind_of_message(emulator: Emulator) -> None:
    history = [
        SystemMessage([{"type": "text", "text": "be "}, "brief"]),
        HumanMessage("a", name="ann"),
        AIMessage("", tool_calls=[{"name": "f", "args": {"x": "é"}, "id": "1"}]),
        ToolMessage([{"type": "text", "text": "one"}], tool_call_id="1"),
        AIMessage([{"type": "text", "text": "b"}, {"type": "thinking", "thinking": "hm"}]),
        ChatMessage("c", role="user"),
    ]
    model(emulator, thinking=DISABLED).invoke(history)
    turns = sent(emulator)["messages"]
    call = {"name": "f", "arguments": '{"x": "é"}'}
    assert turns == [
        {"role": "system", "content": "be brief"},
        {"role": "user", "content": "a", "name": "ann"},
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "1", "type": "function", "function": call}],
        },
        {"role": "tool", "tool_call_id": "1", "content": "one"},
        {"role": "assistant", "content": "b", "reasoning_content": "hm"},
        {"role": "user", "content": "c"},
    ]


def test_calls_that_were_no_json_go_back_as_they_were(emulator: Emulator) -> None:
    broken = {"name": "f", "args": '{"x": ', "id": "1", "error": "cut off"}
    history = [
        HumanMessage("a"),
        AIMessage("", invalid_tool_calls=[{"type": "invalid_tool_call", **broken}]),
        ToolMessage({"what": "that was no JSON"}["what"], tool_call_id="1"),
    ]
    model(emulator).invoke(history)
    function = sent(emulator)["messages"][1]["tool_calls"][0]["function"]
    assert function == {"name": "f", "arguments": '{"x": '}


def test_functions_of_old_histories(emulator: Emulator) -> None:
    call = {"name": "f", "arguments": "{}"}
    history = [
        HumanMessage("a"),
        AIMessage("", additional_kwargs={"function_call": call}),
        FunctionMessage("42", name="f"),
    ]
    assert "42" in model(emulator).invoke(history).content


def test_a_message_that_is_none(emulator: Emulator) -> None:
    from langchain_core.messages import RemoveMessage

    with pytest.raises(TypeError, match="RemoveMessage cannot be sent"):
        model(emulator).invoke([RemoveMessage(id="1")])


# --- tools and structure -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("look", {"type": "function", "function": {"name": "look"}}),
        ("any", "required"),
        ("required", "required"),
        (True, "required"),
        ("auto", "auto"),
        ("none", "none"),
        ({"type": "function", "function": {"name": "look"}},) * 2,
        (None, None),
        (False, None),
    ],
    ids=repr,
)
def test_a_choice_of_tools(emulator: Emulator, choice: Any, expected: Any) -> None:
    model(emulator).bind_tools([look, Weather], tool_choice=choice).invoke("Hello")
    body = sent(emulator)
    assert body.get("tool_choice") == expected
    assert [each["function"]["name"] for each in body["tools"]] == ["look", "Weather"]
    forced = expected not in (None, "auto", "none")
    assert (body.get("thinking") == DISABLED) is forced


def test_a_choice_that_is_none(emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="tool_choice='loook'"):
        model(emulator).bind_tools([look], tool_choice="loook")


def test_a_forced_choice_follows_the_policy(emulator: Emulator) -> None:
    made = model(emulator, repair="off").bind_tools([look], tool_choice="look")
    with pytest.raises(dsadapter.BadRequestError, match="does not support this tool_choice"):
        made.invoke("Hello")


def test_strict_tools_go_to_beta(emulator: Emulator) -> None:
    model(emulator).bind_tools([Weather], strict=True).invoke("Hello")
    assert emulator.requests[-1].path == "/beta/chat/completions"
    assert sent(emulator)["tools"][0]["function"]["strict"] is True


@pytest.mark.parametrize("method", ["function_calling", "json_schema"])
@pytest.mark.parametrize("schema", [Weather, Weather.model_json_schema()], ids=["class", "dict"])
def test_structured_output(emulator: Emulator, method: str, schema: Any) -> None:
    made = model(emulator).with_structured_output(schema, method=method)
    for found in (made.invoke("Beijing"), asyncio.run(made.ainvoke("Beijing"))):
        assert found in (Weather(place="Beijing"), {"place": "Beijing"})
    assert list(made.stream("Beijing"))[-1] in (Weather(place="Beijing"), {"place": "Beijing"})


def test_json_mode(emulator: Emulator) -> None:
    found = model(emulator).with_structured_output(None, method="json_mode").invoke("as json: 7")
    assert found == {"answer": "as json: 7"}
    assert sent(emulator)["response_format"] == {"type": "json_object"}


def test_structured_output_with_the_raw_answer(emulator: Emulator) -> None:
    made = model(emulator)
    good = made.with_structured_output(Weather, include_raw=True).invoke("Beijing")
    assert (good["parsed"], good["parsing_error"]) == (Weather(place="Beijing"), None)
    bad = made.with_structured_output(Weather, method="json_mode", include_raw=True).invoke("json")
    assert bad["parsed"] is None
    assert isinstance(bad["raw"], AIMessage) and bad["parsing_error"]


@pytest.mark.parametrize("wrong", [{"method": "magic"}, {"schema": None}])
def test_structured_output_that_cannot_be(emulator: Emulator, wrong: Any) -> None:
    with pytest.raises(ValueError, match="method="):
        model(emulator).with_structured_output(**{"schema": Weather, **wrong})


# --- arguments -----------------------------------------------------------------------------------


def test_parameters_of_the_model_and_of_the_call(emulator: Emulator) -> None:
    made = model(
        emulator,
        temperature=0.5,
        max_tokens=50,
        top_p=0.9,
        stop=["x"],
        thinking=DISABLED,
        model_kwargs={"user_id": "ann"},
        extra_body={"logprobs": False},
    )
    made.invoke("Hello", max_tokens=60, stop=["y"])
    body = sent(emulator)
    asked = ("temperature", "max_tokens", "top_p", "stop", "thinking", "user_id", "logprobs")
    assert [body[name] for name in asked] == [0.5, 60, 0.9, ["y"], DISABLED, "ann", False]
    assert "model_kwargs" not in body and "extra_body" not in body
    made.bind(stop="z").invoke("Hello")
    assert sent(emulator)["stop"] == "z"


def test_a_word_that_stops(emulator: Emulator) -> None:
    assert model(emulator).invoke("Hello", stop=["This"]).content == 'You wrote: "Hello". '


def test_usage_of_streams_is_asked_for_unless_told_otherwise(emulator: Emulator) -> None:
    list(model(emulator).stream("Hello"))
    assert sent(emulator)["stream_options"] == {"include_usage": True}
    list(model(emulator, stream_usage=False).stream("Hello"))
    assert "stream_options" not in sent(emulator)


@pytest.mark.parametrize(
    "names",
    [
        {"model_name": "m", "api_base": "http://127.0.0.1:1", "request_timeout": 3},
        {"model": "m", "base_url": "http://127.0.0.1:1", "timeout": 3},
        {"model": "m", "openai_api_base": "http://127.0.0.1:1", "timeout": 3},
    ],
)
def test_both_spellings_of_an_argument(names: Dict[str, Any]) -> None:
    made = ChatDeepSeek(api_key="any", **names)
    assert (made.model_name, made.api_base, made.request_timeout) == ("m", "http://127.0.0.1:1", 3)
    assert made._sync().base_url == "http://127.0.0.1:1"


def test_an_unknown_argument_goes_into_the_request_and_is_said(emulator: Emulator) -> None:
    with pytest.warns(UserWarning, match="tempratur is no argument of ChatDeepSeek") as caught:
        made = model(emulator, tempratur=1)
    assert caught[0].filename == __file__
    made.invoke("Hello")
    assert sent(emulator)["tempratur"] == 1


def test_a_key_by_an_old_name_is_a_key(emulator: Emulator) -> None:
    made = ChatDeepSeek(model="m", openai_api_key=KEY, base_url=emulator.base_url)
    assert made.api_key.get_secret_value() == KEY
    assert KEY not in str(made.model_kwargs)


def test_a_proxy_is_not_left_unused(emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="HTTPS_PROXY"):
        model(emulator, openai_proxy="http://127.0.0.1:9")


def test_tracing(emulator: Emulator) -> None:
    made = model(emulator, temperature=0.5, max_tokens=50, stop="x")
    assert made._get_ls_params(stop=None) == {
        "ls_provider": "deepseek",
        "ls_model_name": "deepseek-flash",
        "ls_model_type": "chat",
        "ls_temperature": 0.5,
        "ls_max_tokens": 50,
        "ls_stop": ["x"],
    }
    assert made._llm_type == "chat-deepseek"
    assert made.lc_secrets == {"api_key": "DEEPSEEK_API_KEY"}
    assert made.get_name() == "ChatDeepSeek"


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("a" * 100, 30), ("你" * 100, 60)])
def test_tokens_are_estimated(emulator: Emulator, text: str, tokens: int) -> None:
    assert model(emulator).get_num_tokens(text) == tokens


# --- keys, copies, errors ------------------------------------------------------------------------


def test_without_a_key() -> None:
    with pytest.raises(dsadapter.CredentialsError, match="No API key for DeepSeek"):
        ChatDeepSeek(model="deepseek-flash")


def test_the_key_is_in_no_text(emulator: Emulator, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    made = model(emulator)
    made.invoke("Hello")
    texts = [repr(made), str(made), str(made._identifying_params), made.model_dump_json()]
    texts += [caplog.text, str(pickle.dumps(made))]
    assert not any(KEY in text for text in texts)


def test_a_pickle_finds_its_key_anew(emulator: Emulator, monkeypatch: Any) -> None:
    made = model(emulator, temperature=0.5)
    made.invoke("Hello")
    again = pickle.loads(pickle.dumps(made))
    monkeypatch.setenv("DEEPSEEK_API_KEY", "key-of-there")
    assert "Hello" in again.invoke("Hello").content
    assert emulator.requests[-1].headers["authorization"] == "Bearer key-of-there"
    assert sent(emulator)["temperature"] == 0.5


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda made: made.model_copy()])
def test_copies_work(emulator: Emulator, copied: Any) -> None:
    made = model(emulator)
    made.invoke("Hello")
    assert "Hello" in copied(made).invoke("Hello").content


def test_a_key_of_the_call_is_used_for_that_call(emulator: Emulator) -> None:
    """Services give each of their users a key of his own that way."""
    field = ConfigurableField(id="key")
    made = model(emulator).configurable_fields(api_key=field)
    for key in ("key-of-ann", None, "key-of-bob"):
        chosen = {"configurable": {"key": SecretStr(key)}} if key else {}
        made.invoke("Hello", config=chosen)
        assert emulator.requests[-1].headers["authorization"] == f"Bearer {key or KEY}"
    copied = model(emulator)
    copied.invoke("Hello")
    copied.model_copy(update={"api_key": SecretStr("key-of-eve")}).invoke("Hello")
    assert emulator.requests[-1].headers["authorization"] == "Bearer key-of-eve"
    copied.invoke("Hello")
    assert emulator.requests[-1].headers["authorization"] == f"Bearer {KEY}"


def test_a_client_of_the_callers_own(emulator: Emulator) -> None:
    own = dsadapter.OpenAI(api_key="key-of-the-client", base_url=emulator.base_url)
    ChatDeepSeek(model="deepseek-flash", client=own).invoke("Hello")
    assert emulator.requests[-1].headers["authorization"] == "Bearer key-of-the-client"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("status-402", dsadapter.InsufficientBalanceError),
        ("status-429", dsadapter.RateLimitError),
        ("blank-200", dsadapter.ServerBusyError),
    ],
)
def test_errors_are_those_of_dsadapter(emulator: Emulator, fault: str, error: Any) -> None:
    emulator.fault(fault, times=-1)
    with pytest.raises(error):
        model(emulator).invoke("Hello")
    with pytest.raises(error):
        list(model(emulator).stream("Hello"))
    with pytest.raises(error):
        asyncio.run(model(emulator).ainvoke("Hello"))


def test_a_stream_that_is_cut_off_is_no_answer(emulator: Emulator) -> None:
    emulator.fault("cut-clean", after=5, times=2)
    with pytest.raises(dsadapter.StreamTruncatedError):
        list(model(emulator).stream("Hello"))
    with pytest.raises(dsadapter.StreamTruncatedError):
        asyncio.run(collected(model(emulator).astream("Hello")))


def test_a_call_that_is_no_json_is_an_invalid_call(emulator: Emulator) -> None:
    emulator.fault("status", code=200, body=json.dumps(BROKEN_CALL))
    (call,) = model(emulator).invoke("Hello").invalid_tool_calls
    assert (call["name"], call["args"]) == ("f", "{oops")


BROKEN_CALL = {
    "id": "1",
    "model": "deepseek-flash",
    "choices": [
        {
            "index": 0,
            "finish_reason": "tool_calls",
            "message": {
                "role": "assistant",
                "content": "",
                "tool_calls": [
                    {
                        "id": "c",
                        "type": "function",
                        "function": {"name": "f", "arguments": "{oops"},
                    }
                ],
            },
        }
    ],
}


# --- what langchain-deepseek's class has ----------------------------------------------------------


def behind_a_proxy(emulator: Emulator, **options: Any) -> ChatDeepSeek:
    """Only the address is named, as for a proxy or a server on this machine."""
    return ChatDeepSeek(
        model="deepseek-flash",
        api_key=KEY,
        api_base=emulator.base_url,
        max_retries=0,
        **options,
    )


@pytest.mark.parametrize("how", ["invoke", "ainvoke", "stream"])
def test_behind_a_proxy_it_is_deepseek_and_a_tool_can_be_forced(
    emulator: Emulator, how: str
) -> None:
    bound = behind_a_proxy(emulator).bind_tools([look], tool_choice="look")
    if how == "stream":
        answer = added(list(bound.stream("Paris?")))
    else:
        answer = bound.invoke("Paris?") if how == "invoke" else asyncio.run(bound.ainvoke("Paris?"))
    assert [call["name"] for call in answer.tool_calls] == ["look"]
    assert sent(emulator)["thinking"] == DISABLED
    assert behind_a_proxy(emulator).with_structured_output(Weather).invoke("Paris?").place


def test_another_provider_stays_another_provider(emulator: Emulator) -> None:
    with pytest.raises(dsadapter.BadRequestError):
        behind_a_proxy(emulator, provider="generic").bind_tools([look], tool_choice="look").invoke(
            "Paris?"
        )
    assert "thinking" not in sent(emulator)


ERRORS = [
    ("status-401", "ModelAuthenticationError"),
    ("status-402", "ModelError"),
    ("status-403", "ModelPermissionDeniedError"),
    ("status-404", "ModelNotFoundError"),
    ("status-400-content-risk", "ModelInvalidRequestError"),
    ("status-400-context-length", "ContextOverflowError"),
    ("status-429", "ModelRateLimitError"),
    ("status-500", "ModelAPIError"),
    ("status-503", "ModelAPIError"),
    ("reset-before", "ModelConnectionError"),
    ("stall-before-headers", "ModelTimeoutError"),
]


@pytest.mark.parametrize("how", ["invoke", "ainvoke", "stream", "astream"])
@pytest.mark.parametrize(("fault", "name"), ERRORS)
def test_the_errors_of_langchain_core_catch_ours(
    emulator: Emulator, fault: str, name: str, how: str
) -> None:
    from langchain_core import exceptions

    expected = getattr(exceptions, name, None)
    if expected is None:
        pytest.skip("this langchain-core has no such class")
    failing = model(emulator, base_url=emulator.url(fault), timeout=0.5)
    with pytest.raises(expected) as caught:
        if how == "stream":
            list(failing.stream("hi"))
        elif how == "astream":
            asyncio.run(collected(failing.astream("hi")))
        else:
            call = getattr(failing, how)("hi")
            asyncio.run(call) if how == "ainvoke" else None
    assert isinstance(caught.value, dsadapter.APIError)
    assert type(pickle.loads(pickle.dumps(caught.value))).__name__ == type(caught.value).__name__


def test_a_stream_that_breaks_off_is_langchains_error_too(emulator: Emulator) -> None:
    from langchain_core import exceptions

    if not hasattr(exceptions, "ModelConnectionError"):
        pytest.skip("this langchain-core has no such class")
    with pytest.raises(exceptions.ModelConnectionError) as caught:
        list(model(emulator, base_url=emulator.url("cut")).stream("hi"))
    assert isinstance(caught.value, dsadapter.APIConnectionError)


def test_profile() -> None:
    profiles = [
        ChatDeepSeek(model=name, api_key=KEY)
        for name in ("deepseek-flash", "deepseek-v4-pro", "deepseek-chat", "unheard-of")
    ]
    if "profile" not in ChatDeepSeek.model_fields:
        pytest.skip("this langchain-core has no profiles")
    flash, pro, chat, unknown = (model.profile for model in profiles)
    assert flash["max_input_tokens"] == 1_048_576
    assert (flash["image_inputs"], pro["image_inputs"]) == (True, False)
    assert (flash["reasoning_output"], chat["reasoning_output"]) == (True, False)
    assert flash["tool_calling"]
    assert unknown is None
    own = {"max_input_tokens": 5}
    assert ChatDeepSeek(model="deepseek-flash", api_key=KEY, profile=own).profile == own


@pytest.mark.parametrize("variable", ["DEEPSEEK_API_BASE", "DEEPSEEK_BASE_URL"])
def test_api_base_reads_as_the_environment_says(
    emulator: Emulator, monkeypatch: Any, variable: str
) -> None:
    assert ChatDeepSeek(model="m", api_key=KEY).api_base == "https://api.deepseek.com"
    monkeypatch.setenv("DEEPSEEK_API_KEY", KEY)
    monkeypatch.setenv(variable, emulator.base_url)
    built = ChatDeepSeek(model="deepseek-flash")
    assert built.api_base == emulator.base_url
    assert built.invoke("hi").content
    assert pickle.loads(pickle.dumps(built)).invoke("hi").content


def test_a_base_that_was_only_read_is_not_named(monkeypatch: Any) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-proj-0123456789abcdef0123456789abcdef")
    with pytest.raises(dsadapter.CredentialsError):
        ChatDeepSeek(model="deepseek-flash")


@pytest.mark.parametrize("included", [True, False])
def test_response_headers(emulator: Emulator, included: bool) -> None:
    built = model(emulator, include_response_headers=included)
    answers = [
        built.invoke("hi"),
        asyncio.run(built.ainvoke("hi")),
        added(list(built.stream("hi"))),
        added(asyncio.run(collected(built.astream("hi")))),
    ]
    for answer in answers:
        headers = answer.response_metadata.get("headers")
        assert (headers is not None) is included
        assert not included or "content-type" in {name.lower() for name in headers}
