"""What ``chat`` says: its arguments, its conversation, its slash commands."""

from __future__ import annotations

from typing import Dict, Tuple

from .text import Text

CHAT = Text(
    "Talk to the model. Without a prompt: a conversation. What comes from a pipe is added to the\n"
    "prompt, or is the prompt.",
    "与模型对话。不带提示词则进入多轮对话。管道传入的内容接在提示词后面，也可以单独作为提示词。",
)
PROMPT = Text("what to ask", "要问的内容")
MODEL = Text("the model (default: {model})", "模型名（默认 {model}）")
SYSTEM = Text("a system prompt", "系统提示词")
IMAGE = Text("a picture for the first question; may be repeated", "随第一个问题附上图片，可以重复")
SESSION = Text(
    "keep the conversation in a file of your own, and go on with it next time",
    "把对话保存在你自己的文件里，下次接着聊",
)
NO_STREAM = Text("wait for the whole answer", "等回答完整后再输出")
PLAIN = Text("print the answer as it came, without Markdown", "原样输出回答，不排版 Markdown")
RAW = Text("show what the wire says", "显示网络上收发的原文")
JSON = Text("print the whole answer as JSON", "以 JSON 输出完整回答")
USAGE = Text("print the tokens used, and what they cost", "输出用掉的 token 数和费用")
BACKEND = Text("instead of the one detected", "代替自动选定的后端")

TOKENS = Text("tokens: {prompt} in, {completion} out", "token：输入 {prompt}，输出 {completion}")
THINKING = Text(" ({count} of them thinking)", "（其中思考 {count}）")
COST = Text(", ${usd} (¥{cny})", "，费用 ¥{cny}（${usd}）")
TURNS = Text("{turns} {turns:answer|answers}; ", "共 {turns} 次回答；")

BYE = Text("/help lists commands, Ctrl-D ends.", "/help 列出命令，Ctrl-D 结束。")
NO_PROMPT = Text(
    "There is no prompt: chat was given neither words nor a pipe.",
    "没有提示词：既没有写在命令里，也没有从管道传入。",
)
WAITING = Text(
    "Reading standard input until it ends (to leave it out: < /dev/null)",
    "正在读取标准输入，直到它结束（不需要的话请加 < /dev/null）",
)
INTERRUPTED = Text("Interrupted: this question is not kept.", "已中断：这个问题不保留。")
CUT_LINE = Text(
    "This terminal gives lines of {limit} bytes at most, and this one may be cut: it was not sent. "
    "Send it through a pipe, or install an editor: pip install prompt_toolkit",
    "这个终端一行最多 {limit} 字节，这一行可能被截断，所以没有发送。"
    "请改用管道，或安装编辑器：pip install prompt_toolkit",
)
RAW_REFUSED = Text("The server answered {status}.", "服务器返回了 {status}。")

# --- pictures and files --------------------------------------------------------------------------

NO_PICTURE = Text(
    "{path} is no picture that models take: PNG, JPEG, GIF or WebP.",
    "{path} 不是模型支持的图片：只支持 PNG、JPEG、GIF 或 WebP。",
)
NOT_READ = Text("{path} cannot be read: {why}", "无法读取 {path}：{why}")
NOT_WRITTEN = Text("{path} cannot be written: {why}", "无法写入 {path}：{why}")
NO_CONVERSATION = Text(
    "{path} holds no conversation of chat.",
    "{path} 里不是 chat 保存的对话。",
)
NOT_OURS = Text(
    "{path} exists and holds no conversation: name another file.",
    "{path} 已存在，且不是对话文件：请换一个文件名。",
)
BAD_NAME = Text(
    "--session {name}: a name has letters, digits, '-', '_' and '.', and begins with none of "
    "the last three.",
    "--session {name}：名字只能用字母、数字、“-”、“_”和“.”，且不能以后三者开头。",
)
SESSION_AT = Text("session: {path} ({turns} {turns:turn|turns})", "会话文件：{path}（{turns} 轮）")

# --- slash commands ------------------------------------------------------------------------------

COMMANDS: Dict[str, Tuple[str, Text]] = {
    "/help": ("", Text("this list", "显示这份列表")),
    "/exit": ("", Text("end the conversation (also Ctrl-D)", "结束对话（也可用 Ctrl-D）")),
    "/clear": ("", Text("forget what was said; go on", "清空对话内容，继续聊")),
    "/model": ("[NAME]", Text("show or change the model", "查看或更换模型")),
    "/system": ("[TEXT]", Text("show or change the system prompt", "查看或更换系统提示词")),
    "/image": ("PATH", Text("add a picture to the next question", "给下一个问题附上图片")),
    "/retry": ("", Text("ask the last question again", "重新回答上一个问题")),
    "/usage": ("", Text("tokens and cost of this conversation", "这次对话的 token 和费用")),
    "/save": ("FILE", Text("write the conversation to a file", "把对话写入文件")),
    "/load": ("FILE", Text("go on with a conversation from a file", "从文件载入对话，接着聊")),
    "/forget": ("", Text("delete the session's file and its content", "删除会话文件及其内容")),
}
COMMANDS_NOTE = Text(
    "A line that begins with // is sent with one /. Pasted lines are one question.",
    "以 // 开头的一行会以一个 / 发出。粘贴的多行是一个问题。",
)
UNKNOWN_COMMAND = Text(
    "There is no {command}. /help lists them; to send this line, write /{command}",
    "没有 {command} 这个命令。/help 列出全部命令；要把这一行发给模型，请写 /{command}",
)
NEEDS = Text("{command} needs {argument}", "{command} 需要 {argument}")
CLEARED = Text("Cleared.", "已清空。")
MODEL_IS = Text("model: {model}", "模型：{model}")
SYSTEM_IS = Text("system: {system}", "系统提示词：{system}")
NO_SYSTEM = Text("There is no system prompt.", "没有系统提示词。")
PICTURE_ADDED = Text("{path} goes with the next question.", "{path} 会随下一个问题发出。")
NOTHING_TO_RETRY = Text("There is no question yet.", "还没有问过问题。")
SAVED = Text("Written: {path}", "已写入：{path}")
LOADED = Text("{turns} {turns:turn|turns} read from {path}", "已从 {path} 载入 {turns} 轮")
FORGOTTEN = Text(
    "Deleted: {path}. What follows is not kept.",
    "已删除：{path}。此后的对话不再保存。",
)
NO_SESSION = Text("Nothing is kept: there is no --session.", "没有保存任何内容：没有用 --session。")
