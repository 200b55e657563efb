"""The ways in which code of 2023 gets its module ``openai``: the tests are the same for each.

DSADAPTER_BASELINE=1 runs them on the real openai 0.27/0.28 instead, to check the tests themselves;
DSADAPTER_TEST_OPENAI=present takes the module ``openai`` of a process that `run` prepared.
"""

from __future__ import annotations

import importlib
import os
from typing import Any, Iterator, List

import pytest

import dsadapter
from dsadapter._backends import selection
from dsadapter._legacy import settings
from dsadapter.testing.emulator import Emulator

KEY = "sk-idioms0000000000000000"
BASELINE = bool(os.environ.get("DSADAPTER_BASELINE"))
PREPARED = os.environ.get("DSADAPTER_TEST_OPENAI")
MODEL = "deepseek-flash"
MESSAGES = [{"role": "user", "content": "Hello, 世界"}]
QUIET = {"thinking": {"type": "disabled"}}


def _ways() -> List[str]:
    if BASELINE:
        return ["native"]
    return [PREPARED] if PREPARED else ["alias", "install"]


def _backends() -> List[str]:
    if BASELINE:
        return ["native"]
    chosen = selection.select().name
    return list(dict.fromkeys((chosen, "raw-requests")))


@pytest.fixture(params=_backends())
def backend(request: Any, monkeypatch: Any, clean: None) -> str:
    if request.param != "native":
        monkeypatch.setenv("DSADAPTER_BACKEND", request.param)
    return str(request.param)


@pytest.fixture(params=_ways())
def openai(request: Any, backend: str) -> Iterator[Any]:
    """The module as the program sees it; its globals are put back afterwards."""
    if request.param == "alias":
        module: Any = dsadapter
    else:
        if request.param == "install":
            dsadapter.install()
        module = importlib.import_module("openai")
    before = dict(vars(module))
    yield module
    for name in set(vars(module)) - set(before):
        if name in GLOBALS:
            delattr(module, name)
    for name in GLOBALS:
        if name in before:
            setattr(module, name, before[name])
    if request.param == "install":
        dsadapter.uninstall()


GLOBALS = ("api_key", "api_base", "base_url", "organization", *settings.DEFAULTS)


@pytest.fixture()
def emulator() -> Iterator[Emulator]:
    with Emulator() as running:
        yield running


@pytest.fixture()
def cc(openai: Any, emulator: Emulator) -> Any:
    """``openai.ChatCompletion.create`` with key and base set, as most programs have it."""
    openai.api_key, openai.api_base = KEY, emulator.base_url

    def create(**kwargs: Any) -> Any:
        return openai.ChatCompletion.create(**{"model": MODEL, "messages": MESSAGES, **kwargs})

    return create


@pytest.fixture()
def acc(openai: Any, cc: Any) -> Any:
    def acreate(**kwargs: Any) -> Any:
        return openai.ChatCompletion.acreate(**{"model": MODEL, "messages": MESSAGES, **kwargs})

    return acreate


@pytest.fixture()
def failing(openai: Any, cc: Any, emulator: Emulator) -> Any:
    """``failing("status-429")``: a call that the server answers so, at once and every time."""

    def create(fault: str, **kwargs: Any) -> Any:
        openai.api_base = emulator.url(f"{fault};retry_after=0" if "status" in fault else fault)
        return cc(**kwargs)

    return create
