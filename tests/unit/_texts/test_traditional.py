"""Every Chinese text in traditional characters: none is left simplified, and values stay."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dsadapter._texts.matching import translated
from dsadapter._texts.text import LIST_COMMA, NOTHING, Text, join, untranslated
from dsadapter._texts.traditional import CHARACTERS, in_traditional

from .characters import simplified
from .test_texts import ROWS, WRITTEN

TEXTS = sorted({text.zh for _, text in (*ROWS, *WRITTEN) if text.zh != text.en})


def test_no_text_keeps_a_simplified_character() -> None:
    wrong = {text: simplified(in_traditional(text)) for text in TEXTS}
    assert {text: left for text, left in wrong.items() if left} == {}
    assert len(TEXTS) > 1500


def test_a_simplified_character_is_found() -> None:
    assert simplified("檢查軟体里的设置，公里") == {"体", "里", "设"}


def test_the_two_rows_of_characters_belong_together() -> None:
    for character, replacement in CHARACTERS.items():
        assert chr(character) != chr(replacement)
        assert chr(replacement).encode("big5", "ignore")


@pytest.mark.parametrize(
    ("simplified_words", "words_of_taiwan"),
    [
        ("软件包里的文件和文件夹", "套件裡的檔案和資料夾"),
        ("程序的默认设置", "程式的預設設定"),
        ("服务器返回的信息", "伺服器傳回的資訊"),
        ("复制这行，或回复、恢复、重复", "複製這行，或回覆、恢復、重複"),
        ("请减少并发并合并", "請減少並行並合併"),
        ("包含该包，不包括类型", "包含該套件，不包括類型"),
        ("非异步的流，每分钟", "同步的串流，每分鐘"),
        ("openai {sdk} has no Chinese", "openai {sdk} has no Chinese"),
    ],
)
def test_words(simplified_words: str, words_of_taiwan: str) -> None:
    assert in_traditional(simplified_words) == words_of_taiwan


def test_values_keep_their_characters() -> None:
    text = Text("{file} is not set: {why}", "没有设置 {file}：{why}")
    why = Text("{name} is empty", "{name} 为空")(name="软件")
    assert text(file="文件.py", why=why).say("zh-TW") == "沒有設定 文件.py：软件 為空"
    assert text(file="文件.py", why=why).say("zh") == "没有设置 文件.py：软件 为空"
    assert text(file="文件.py", why=why).say("en") == "文件.py is not set: 软件 is empty"


def test_joined_texts_keep_them_too() -> None:
    texts = [Text("one", "两个"), untranslated("软件"), Text("{x}", "设置 {x}")(x="变量")]
    assert join(texts, LIST_COMMA).say("zh-TW") == "兩個、软件、設定 变量"
    assert join(texts, NOTHING).say("zh") == "两个软件设置 变量"
    assert join([join(texts[1:], NOTHING)], NOTHING).say("zh-TW") == "软件設定 变量"


def test_a_sentence_of_an_error_keeps_what_it_quotes() -> None:
    rows = (Text("The file {name} is missing: {problem}", "缺少文件 {name}：{problem}"),)
    fields = {"problem": (Text("{n} errors", "{n} 个错误"),)}
    english = "The file 软件.txt is missing: 3 errors"
    assert translated(english, "zh-TW", rows, fields) == "缺少檔案 软件.txt：3 個錯誤"


@pytest.mark.parametrize(
    "program",
    ["import dsadapter", "from dsadapter._texts.text import Text; Text('a', '软')().say('zh')"],
)
def test_nobody_else_loads_the_tables(program: str) -> None:
    code = f"{program}; import sys; sys.exit('dsadapter._texts.traditional' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
