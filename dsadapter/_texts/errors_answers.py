"""Sentences of errors about connections and answers, as commands show them in Chinese."""

from __future__ import annotations

from typing import Tuple

from .text import Text

SENTENCES: Tuple[Text, ...] = (
    # waiting for a connection
    Text(
        "Request timed out: none of {count} connections became free in {seconds} s.",
        "请求超时：{seconds} 秒内，{count} 个连接都没有空出来。",
    ),
    Text(
        "Request timed out: {count} calls at once are what the server takes, and none of them "
        "ended in {seconds} s.",
        "请求超时：服务器最多同时接受 {count} 个请求，{seconds} 秒内没有一个结束。",
    ),
    Text(
        "Make fewer calls at once, or give them more time (timeout, deadline)",
        "请减少并发，或放宽时限（timeout、deadline）",
    ),
    Text(
        "Make fewer calls at once, or give the client a larger max_connections ({limits})",
        "请减少并发，或调大客户端的 max_connections（{limits}）",
    ),
    Text(
        "Connection error: too many open files (the limit is {count}).",
        "连接出错：打开的文件太多（上限 {count}）。",
    ),
    Text("Connection error: too many open files.", "连接出错：打开的文件太多。"),
    Text(
        "`ulimit -n` shows and raises the limit of open files; it is {count}. Make fewer calls at "
        "once (max_connections), close clients and streams",
        "ulimit -n 查看或调高打开文件的上限（现在是 {count}）；请减少并发（max_connections），"
        "用完关闭客户端和流",
    ),
    Text(
        "The deadline of this call cannot be kept: no thread can be started.",
        "无法保证这次调用的时限：不能再启动线程。",
    ),
    Text(
        "Raise the limit of threads of this process or container (ulimit -u)",
        "请调高进程或容器的线程上限（ulimit -u）",
    ),
    Text("Cannot send a request, as the client has been closed.", "客户端已关闭，无法发送请求。"),
    Text(
        "Make a new client, or leave the `with` block later",
        "请新建客户端，或晚些离开 with 块",
    ),
    # answers
    Text("The stream was closed before its end: {loss}.", "流没有读完就关闭了：{loss}。"),
    Text(
        "The answer exceeds {count} bytes when unpacked and was dropped.",
        "回答解压后超过 {count} 字节，已放弃。",
    ),
    Text("One event of the stream exceeds {count} bytes.", "流里有一个事件超过 {count} 字节。"),
    Text(
        "An event of the stream is no chunk of an answer: {text}",
        "流里有一个事件不是回答的分块：{text}",
    ),
    Text(
        "A stream was asked for, a whole reply came: try stream=False",
        "请求的是流，收到的却是完整回答：可试试 --no-stream",
    ),
    Text(
        "The answer is encoded as {name}, which was not asked for.",
        "回答用了没有请求的编码 {name}。",
    ),
    Text(
        "The compressed answer unpacks to more than {ratio} times its size ({received} bytes "
        "became {unpacked}) and was dropped.",
        "压缩的回答解压后超过原大小的 {ratio} 倍（{received} 字节变成 {unpacked}），已放弃。",
    ),
    Text("The compressed answer was cut off.", "压缩的回答被截断。"),
    Text("The compressed answer is broken: {reason}", "压缩的回答已损坏：{reason}"),
    Text(
        "The text is in err.partial; parse(..., repair_attempts=1) asks once more",
        "已收到的文本在 err.partial；parse(..., repair_attempts=1) 会再问一次",
    ),
)
