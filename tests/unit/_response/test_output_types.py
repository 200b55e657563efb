"""Classes of the caller as JSON schemas, and answers as objects of them."""

from __future__ import annotations

import enum
import sys
from typing import Any, List, Optional

import pytest

import dsadapter
from dsadapter import APIResponseError, InvalidArgumentError, pydantic_function_tool
from dsadapter._response.output_types import OutputTypes, response_format_param, schema_of

from .streams import LOOSE, WEATHER, Person


def test_a_class_is_sent_as_its_strict_schema() -> None:
    assert response_format_param(Person) == {
        "type": "json_schema",
        "json_schema": {
            "name": "Person",
            "strict": True,
            "schema": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "required": ["name"],
                "additionalProperties": False,
            },
        },
    }


class Omit:
    """As the SDKs' marker: false."""

    def __bool__(self) -> bool:
        return False


class ResponseFormat:
    """As the SDK's own models of the API's object look."""

    def model_dump(self, **keywords: Any) -> Any:
        return {"type": "json_object"}


@pytest.mark.parametrize("value", [{"type": "json_object"}, ResponseFormat(), None, Omit()])
def test_what_is_no_class_is_sent_as_it_is(value: Any) -> None:
    assert response_format_param(value) is value
    assert OutputTypes(value).content({"content": "{}"}) is None


class Older:
    """As a model of pydantic 1 looks."""

    __fields__ = {"name": str}

    @classmethod
    def parse_obj(cls, data: Any) -> Any:
        return data


@pytest.mark.parametrize(("cls", "said"), [(Older, "pydantic 1"), (int, "neither a pydantic")])
def test_classes_that_cannot_be_asked_for(cls: Any, said: str) -> None:
    with pytest.raises(InvalidArgumentError, match=said) as caught:
        response_format_param(cls)
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("wanted", [List[Person], Optional[Person], Any, 3, "text", [Person]])
def test_what_is_no_class_cannot_be_asked_for(wanted: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="is neither a pydantic model nor") as caught:
        response_format_param(wanted)
    assert "BaseModel" in str(caught.value)


def test_nor_can_a_list_as_python_writes_it() -> None:
    """Which is a class for some Pythons."""
    if sys.version_info < (3, 9):
        pytest.skip("Python 3.9")
    builtin: Any = list
    with pytest.raises(InvalidArgumentError, match="is neither a pydantic model nor"):
        response_format_param(builtin[Person])


def test_a_tool_knows_the_class_of_its_arguments() -> None:
    tool = pydantic_function_tool(Person, name="add", description="Add one")
    assert tool["function"]["name"] == "add"
    assert tool["function"]["strict"] is True
    assert tool["function"]["description"] == "Add one"
    assert tool["function"]["parameters"] == schema_of(Person)
    types = OutputTypes(tools=[tool])
    assert types.parses
    assert types.arguments({"name": "add", "arguments": '{"name": "Ada"}'}) == Person("Ada")
    named = pydantic_function_tool(Person)["function"]
    assert (named["name"], named["description"]) == ("Person", Person.__doc__)


def test_arguments_of_strict_tools_are_dicts_of_others_nothing() -> None:
    types = OutputTypes(tools=[WEATHER, LOOSE])
    assert types.parses
    assert types.arguments({"name": "weather", "arguments": '{"city": "X"}'}) == {"city": "X"}
    assert types.arguments({"name": "loose", "arguments": "{}"}) is None
    assert types.arguments({"name": "unknown", "arguments": "{}"}) is None
    assert not OutputTypes(tools=[LOOSE]).parses
    assert [types.is_strict(name) for name in ("weather", "loose", "unknown")] == [
        True,
        False,
        False,
    ]


def test_refusals_and_empty_texts_are_nothing() -> None:
    types = OutputTypes(Person)
    assert types.content({"content": '{"name": "Ada"}'}) == Person("Ada")
    assert types.content({"content": "no", "refusal": "I cannot"}) is None
    assert types.content({"content": None}) is None
    assert types.content({}) is None


def test_what_does_not_fit_names_the_class_and_keeps_the_text() -> None:
    with pytest.raises(APIResponseError, match="The answer does not fit Person") as caught:
        OutputTypes(Person).content({"content": '{"age": 1}'})
    assert caught.value.partial == '{"age": 1}'
    assert isinstance(caught.value.__cause__, ValueError)
    tools = [pydantic_function_tool(Person), WEATHER]
    for name in ("Person", "weather"):
        with pytest.raises(APIResponseError, match=f"The call of {name}"):
            OutputTypes(tools=tools).arguments({"name": name, "arguments": '{"x'})


def test_pydantic_is_not_imported_for_what_is_not_pydantic_s() -> None:
    code = (
        "import sys, dsadapter; dsadapter.pydantic_function_tool; print('pydantic' in sys.modules)"
    )
    import subprocess
    from pathlib import Path

    folder = Path(str(dsadapter.__file__)).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, timeout=60
    )
    assert done.stdout.split() == [b"False"]


# --- with the caller's pydantic ------------------------------------------------------------------


def models() -> List[Any]:
    pydantic = pytest.importorskip("pydantic", minversion="2", reason="pydantic is the caller's")
    from pydantic import BaseModel, Field
    from pydantic.dataclasses import dataclass

    class Color(enum.Enum):
        red = "red"
        blue = "blue"

    class Step(BaseModel):
        """One step."""

        text: str = Field(description="what is done")
        color: Optional[Color] = None
        other: Color = Field(default=Color.red, description="a reference with siblings")

    class Tree(BaseModel):
        value: int
        children: List[Tree] = []

    class Answer(BaseModel):
        steps: List[Step]
        first: Step = Field(description="the first")
        note: Optional[str] = None

    @dataclass
    class Point:
        x: int
        y: Optional[float] = None

    Tree.model_rebuild(_types_namespace={"Tree": Tree, "List": List})
    space = {"Step": Step, "List": List, "Optional": Optional, "Color": Color}
    for model in (Step, Answer):
        model.model_rebuild(_types_namespace=space)
    assert pydantic.VERSION
    return [Step, Tree, Answer, Point]


def test_a_reference_with_anything_beside_it_is_written_out() -> None:
    """Strict mode takes none; the SDK does the same."""
    schema = schema_of(models()[2])
    first, step = schema["properties"]["first"], schema["$defs"]["Step"]
    assert first["description"] == "the first"
    assert (first["type"], first["required"]) == ("object", ["text", "color", "other"])
    assert first["additionalProperties"] is step["additionalProperties"] is False
    assert step["properties"]["other"]["enum"] == ["red", "blue"]
    assert "$ref" not in step["properties"]["other"]
    assert schema["required"] == ["steps", "first", "note"]
    assert schema["properties"]["steps"]["items"] == {"$ref": "#/$defs/Step"}
    assert "default" not in schema["properties"]["note"]


def test_schemas_are_those_of_the_sdk() -> None:
    theirs = pytest.importorskip("openai.lib._parsing", reason="the SDK has no such helper")
    for model in models():
        assert response_format_param(model) == theirs.type_to_response_format_param(model)


def test_tools_are_those_of_the_sdk_and_the_sdk_s_are_understood() -> None:
    openai = pytest.importorskip("openai")
    if not hasattr(openai, "pydantic_function_tool"):
        pytest.skip("the SDK has no such helper")
    step = models()[0]
    theirs = openai.pydantic_function_tool(step)
    assert pydantic_function_tool(step) == theirs
    arguments = {"name": "Step", "arguments": '{"text": "a", "color": null, "other": "blue"}'}
    assert OutputTypes(tools=[theirs]).arguments(arguments).text == "a"


def test_a_pydantic_dataclass_is_one_too() -> None:
    point = models()[-1]
    assert OutputTypes(point).content({"content": '{"x": 1, "y": 0.5}'}) == point(1, 0.5)


def test_models_of_pydantic_1_are_refused_in_a_sentence() -> None:
    v1 = pytest.importorskip("pydantic.v1", reason="pydantic is the caller's")
    if sys.version_info >= (3, 14):
        pytest.skip("pydantic.v1 does not run there")

    class Old(v1.BaseModel):  # type: ignore[name-defined,misc]
        name: str

    with pytest.raises(InvalidArgumentError, match="Old is a model of pydantic 1"):
        response_format_param(Old)
