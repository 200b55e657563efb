"""Tests of one's own program against the emulator: no key, no network.

python -m pytest examples/test_my_program.py

The fixture ``deepseek_emulator`` comes with the installed package.
"""

import dsadapter


def summary(client, text):
    """The program under test: one sentence about a text, or what had arrived of it."""
    stream = client.chat.completions.create(
        model="deepseek-flash",
        messages=[{"role": "user", "content": f"Summarise: {text}"}],
        stream=True,
    )
    try:
        return stream.get_final_response().choices[0].message.content
    except dsadapter.APIConnectionError as err:
        return f"{err.partial} [cut off]"


def test_summary(deepseek_emulator):
    with dsadapter.OpenAI(api_key="any", base_url=deepseek_emulator.base_url) as client:
        assert "Summarise: a book" in summary(client, "a book")
    request = deepseek_emulator.requests[-1].json
    assert request["model"] == "deepseek-flash"


def test_a_stream_that_is_cut_off(deepseek_emulator):
    deepseek_emulator.fault("cut-clean", after=30)
    with dsadapter.OpenAI(api_key="any", base_url=deepseek_emulator.base_url) as client:
        assert summary(client, "a book").endswith("[cut off]")


def test_a_busy_server_is_asked_again(deepseek_emulator):
    deepseek_emulator.fault("status-503", retry_after=0.01)
    with dsadapter.OpenAI(api_key="any", base_url=deepseek_emulator.base_url) as client:
        assert "Summarise: a book" in summary(client, "a book")
    assert len(deepseek_emulator.requests) == 2
