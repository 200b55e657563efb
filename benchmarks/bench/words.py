"""The words of the pages that are written from results, in both languages."""

from __future__ import annotations

import re
from typing import Dict

LANGUAGES = ("en", "zh")

# English -> Chinese: titles of rows, columns and figures. Names of packages stay as they are.
CHINESE: Dict[str, str] = {
    "requests + json by hand": "手写 requests + json",
    "aiohttp + json by hand": "手写 aiohttp + json",
    "httpx + json by hand": "手写 httpx + json",
    "bare socket + json": "裸 socket + json",
    "uvicorn + aiohttp by hand": "手写 uvicorn + aiohttp",
    "litellm's proxy": "litellm 的代理",
    "the gateway": "网关",
    "dsadapter's gateway": "dsadapter 的网关",
    " before, modern face": "（改动之前）",
    ", modern face": "",
    ", legacy face": "，旧接口",
    "modern face": "新接口",
    "legacy face": "旧接口",
    " itself": " 本身",
    " with [fast]": "（装 [fast]）",
    "first answer, whole process": "首个回答，整个进程",
    "third-party modules imported": "导入的第三方模块",
    "first answer": "首个回答",
    "peak memory": "内存峰值",
    "async call": "异步调用",
    "a stream's chunk among": "并发流的每块，",
    " at once, CPU": " 条同时，CPU",
    "stream chunk": "流的每块",
    "stream chunk by itself": "流中单独到达的块",
    "CPU us per chunk": "每块的 CPU 微秒",
    "CPU us per call": "每次调用的 CPU 微秒",
    "memory grown, MB": "内存增长，MB",
    "calls in flight on one event loop": "单个事件循环上同时进行的调用数",
    "concurrent streams on one event loop": "单个事件循环上的并发流数",
    "chunks in the stream": "流的块数",
    " in flight": " 个同时进行",
    "lost of": "丢失的块，",
    " streams at once": " 条流同时",
    "a chunk paced at 20 ms, ": "每块（间隔 20 毫秒，",
    "200 streams, CPU us": "200 条流），CPU 微秒",
    "20 streams, CPU us": "20 条流），CPU 微秒",
    "a chunk a second, 2,000 streams, CPU us": "每块（每秒一块，2,000 条流），CPU 微秒",
    "a chunk in bursts, CPU us": "突发的每块，CPU 微秒",
    "a call, CPU us": "一次调用，CPU 微秒",
    "200 streams, 20 ms apart: ": "200 条流，间隔 20 毫秒：",
    "2,000 open streams: ": "2,000 条打开的流：",
    "2,000 open: ": "2,000 条打开的流：",
    "p99 of a chunk's delay, ms": "每块延迟的 p99，毫秒",
    "streams lost": "丢失的流",
    "memory with 2,000 open streams, MB": "打开 2,000 条流时的内存，MB",
    "memory of a worker, MB": "一个工作进程的内存，MB",
    "memory, ": "内存，",
    " chunks over ": " 块比 ",
    "ready, CPU ms": "就绪，CPU 毫秒",
    "ready, ms": "就绪，毫秒",
    "import dsadapter": "导入 dsadapter",
    "its own at 64": "自身在 64 个时",
    "its own at 100": "自身在 100 条时",
    " more than by hand": "（比手写多）",
    "by hand": "手写",
    "gateway: ": "网关：",
    "call, CPU us": "一次调用，CPU 微秒",
    "call, CPU": "一次调用，CPU",
    "not measured": "未测",
    "none": "无",
    " chunks": " 块",
    " (more is better)": "（越大越好）",
    ", ms": "，毫秒",
    ", CPU us": "，CPU 微秒",
    ", MB": "，MB",
    "call": "一次调用",
}
_PHRASE = re.compile("|".join(map(re.escape, sorted(CHINESE, key=len, reverse=True))))


def said(text: str, language: str) -> str:
    """A title in a language, its phrases one by one, with the language's punctuation."""
    if language == "en":
        return text
    text = _PHRASE.sub(lambda match: CHINESE[match[0]], text)
    if not re.search("[\u4e00-\u9fff]", text):
        return text
    text = re.sub(r" *\(([^()]*)\)", r"（\1）", text)
    return re.sub("([，：]) +", r"\1", text.replace(", ", "，").replace(": ", "："))
