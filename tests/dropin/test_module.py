"""What programs do to the module ``openai`` itself: star imports, metadata, aliases, pickles."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import sdk_kind

KIND = sdk_kind()


def test_a_star_import_gives_both_faces(ok: Any) -> None:
    """marvin 1.5 has a module that is ``from openai import *`` and reads its ``api_key``."""
    lines = ok(
        """
        import dsadapter
        dsadapter.install()
        from openai import *
        print(ChatCompletion.OBJECT_NAME, InvalidRequestError.__name__, OpenAIError.__name__)
        print(api_key, proxy, OpenAI.__name__, RateLimitError.__name__)
        """
    )
    assert lines == [
        "chat.completions InvalidRequestError OpenAIError",
        "None None OpenAI RateLimitError",
    ]


def test_the_version_in_the_metadata_is_the_modules(ok: Any) -> None:
    """Libraries of late 2023 choose their branch by it, and fail where there is none."""
    lines = ok(
        """
        import importlib.metadata as metadata
        import dsadapter
        before = [d.metadata["Name"] for d in metadata.distributions()]
        dsadapter.install()
        import openai
        print(metadata.version("openai") == openai.__version__)
        print([d.metadata["Name"] for d in metadata.distributions()] == before)
        try:
            metadata.version("no-such-package")
        except metadata.PackageNotFoundError as err:
            print(str(err).rpartition(" ")[2])
        dsadapter.uninstall()
        try:
            print(metadata.version("openai"))
        except metadata.PackageNotFoundError as err:
            print("not installed")
        """
    )
    assert lines[:3] == ["True", "True", "no-such-package"]
    assert (lines[3] == "not installed") == (KIND == "none")


def test_a_program_that_puts_dsadapter_there_itself(ok: Any) -> None:
    lines = ok(
        """
        import sys, dsadapter
        sys.modules["openai"] = dsadapter
        from openai.error import RateLimitError
        from openai.api_resources.chat_completion import ChatCompletion
        import openai.api_requestor
        print(RateLimitError is dsadapter.RateLimitError)
        print(ChatCompletion is dsadapter.ChatCompletion)
        print(openai.api_requestor is dsadapter.api_requestor)
        print([name for name in sys.modules if name.startswith("openai._")])
        dsadapter.install()
        import openai
        dsadapter.uninstall()
        print(openai is dsadapter, sys.modules["openai"] is dsadapter)
        """
    )
    assert lines == ["True", "True", "True", "[]", "True True"]


def test_a_mock_in_its_place_and_gone_again(ok: Any) -> None:
    lines = ok(
        """
        import sys, dsadapter
        from unittest import mock
        dsadapter.install()
        with mock.patch.dict(sys.modules, {"openai": mock.MagicMock()}):
            import openai
            openai.ChatCompletion.create.return_value = {"choices": []}
            print(openai.ChatCompletion.create())
        import openai
        print(openai.ChatCompletion.OBJECT_NAME)
        with mock.patch.dict(sys.modules, {"openai": None}):
            try:
                import openai
            except ImportError as err:
                print(err.name)
        """
    )
    assert lines == ["{'choices': []}", "chat.completions", "openai"]


# What real 0.28.1 wrote: OpenAIObject.construct_from({...}, api_key="sk-SECRET").
PICKLE = (
    b"copenai.openai_object\nOpenAIObject\n(Vc-1\nVsk-SECRET\nNNNtR"
    b"(dVid\nVc-1\nsVusage\n(dVtotal_tokens\nI3\nssb."
)


def test_a_key_in_an_old_pickle_is_forgotten(ok: Any) -> None:
    lines = ok(
        f"""
        import pickle, dsadapter
        dsadapter.install()
        old = pickle.loads({PICKLE!r})
        print(type(old).__name__, old["id"], old["usage"]["total_tokens"], old.api_key)
        print(b"SECRET" in pickle.dumps(old))
        import openai
        own = openai.openai_object.OpenAIObject("c-2", "sk-SECRET")
        print(b"SECRET" in pickle.dumps(own), pickle.loads(pickle.dumps(own)) == own)
        dsadapter.uninstall()
        """
    )
    assert lines == ["OpenAIObject c-1 3 None", "False", "False True"]


@pytest.mark.skipif(KIND != "legacy", reason="about the real openai < 1")
def test_the_real_object_says_how_it_came_about(ok: Any, emulator: Any) -> None:
    lines = ok(
        f"""
        import json, pickle, dsadapter
        dsadapter.install()
        import openai
        openai.api_key, openai.api_base = "sk-x0000000000000", "{emulator.base_url}"
        ask = dict(model="deepseek-flash", messages=[{{"role": "user", "content": "hello"}}])
        for r in openai.ChatCompletion.create(**ask), next(
            openai.ChatCompletion.create(stream=True, **ask)
        ):
            print(r.adapter.backend, "adapter" in r, pickle.loads(pickle.dumps(r)) == r)
        """
    )
    assert lines == ["legacy-openai False True"] * 2
