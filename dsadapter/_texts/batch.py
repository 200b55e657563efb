"""What ``batch`` says: of rows, of states, and while it runs."""

from __future__ import annotations

from typing import Dict, Iterable

from .text import Text, join, untranslated


def with_list(head: Text, lines: Iterable[Text]) -> Text:
    """A head and, indented below it, a line for each."""
    return join([head, *lines], untranslated("\n  "))


# --- what is wrong with the input ----------------------------------------------------------------

UNREADABLE = Text("{path} cannot be read: {problem}.", "无法读取 {path}：{problem}。")
NOT_JSONL = Text(
    "{path} is no JSONL: its first line is no JSON object. For a CSV name the field of the prompt: "
    "--prompt-field text",
    "{path} 不是 JSONL：第一行不是 JSON 对象。如果是 CSV，请指明提示词所在的字段："
    "--prompt-field text",
)
JSON_ARRAY = Text(
    "{path} is a JSON array. Write one object a line, without the brackets and the commas between "
    "them: `jq -c '.[]' FILE` does that.",
    "{path} 是一个 JSON 数组。请每行写一个对象，去掉方括号和对象之间的逗号：可用 "
    "`jq -c '.[]' FILE` 转换。",
)
NOT_UTF8 = Text(
    "{path} is not UTF-8. Save it as UTF-8 and start again.",
    "{path} 不是 UTF-8 编码。请另存为 UTF-8 后重试。",
)
BROKEN_CSV = Text(
    "{path}: the row that begins in line {line} is no CSV: {problem}. Close every quote; one "
    "inside a quoted field is written twice.",
    "{path}：从第 {line} 行开始的一行不是合法的 CSV：{problem}。请检查引号是否成对；"
    "带引号的字段里，引号要写两遍。",
)
COLUMN_TWICE = Text(
    "{path}: two columns of the CSV are called {name!r}. Give every column a name of its own in "
    "the first row.",
    "{path}：CSV 里有两列都叫 {name!r}。请在第一行给每一列起不同的名字。",
)
NO_ROWS = Text("{path} has no rows.", "{path} 里没有任何行。")
NOT_JSON = Text("Row {line} cannot be JSON: {problem}.", "第 {line} 行无法转成 JSON：{problem}。")
BAD_ROWS = Text(
    "{count} {count:row is no request|rows are no requests}; nothing was sent. Correct "
    "{count:it, or leave it|them, or leave them} out with "
    "--skip-bad:",
    "有 {count} 行不是请求，一行也没有发送。请改正，或用 --skip-bad 跳过它们：",
)
AT_LINE = Text("line {line}: {problem}", "第 {line} 行：{problem}")
IDS_TWICE = Text(
    "Ids stand there twice; nothing was sent. Give every row a custom_id of its own:",
    "有重复的 custom_id，一行也没有发送。请让每一行的 custom_id 各不相同：",
)
TWICE = Text(
    "custom_id {id!r}: lines {first} and {second}",
    "custom_id {id!r}：第 {first} 行和第 {second} 行",
)

# Of one row, behind "line 3: ".
LINE_NOT_JSON = Text("no JSON: {problem}", "不是 JSON：{problem}")
LINE_NOT_UTF8 = Text("not UTF-8", "不是 UTF-8 编码")
NO_OBJECT = Text("no JSON object", "不是 JSON 对象")
NO_ID = Text("no custom_id", "没有 custom_id")
EMPTY_ID = Text("custom_id is empty", "custom_id 是空的")
WRONG_ID = Text("custom_id is {value}, not a text", "custom_id 是 {value}，不是文本")
HALF_CHARACTER = Text("custom_id {value} holds half a character", "custom_id {value} 含有半个字符")
NO_BODY = Text(
    "no body: it is no line of a batch file. For plain prompts name their field: "
    "--prompt-field text",
    "没有 body，不是批处理文件的行。如果是普通提示词，请指明字段：--prompt-field text",
)
WRONG_FIELD = Text("{name} is {value}; it must be {known}", "{name} 是 {value}，应为 {known}")
NO_MESSAGES = Text(
    "body is no chat: it needs messages, a list with at least one message",
    "body 不是对话：需要 messages，即至少有一条消息的列表",
)
WRONG_MESSAGE = Text(
    "body is no chat: each of its messages needs a role",
    "body 不是对话：messages 里每一条都要有 role",
)
STREAM = Text(
    "body has stream: true; leave it out, a batch writes whole answers",
    "body 里有 stream: true，请去掉：批处理写的是完整回答",
)
NO_FIELD = Text("no field {field!r}; it has: {fields}", "没有字段 {field!r}，现有字段：{fields}")
NULL_FIELD = Text(
    "the field {field!r} has no value: it is null, or a row of CSV that is too short",
    "字段 {field!r} 没有值：是 null，或 CSV 的这一行缺少字段",
)
SURPLUS_FIELDS = Text(
    "{fields} fields, more than the {head} of the head: quote a text with commas in it",
    "有 {fields} 个字段，而表头只有 {head} 个：含逗号的文本请加引号",
)
EMPTY_PROMPT = Text("the field {field!r} is empty", "字段 {field!r} 是空的")
EMPTY_FIELDS = Text(
    "every field of the template is empty: {fields}", "模板里的字段全是空的：{fields}"
)

# --- what is wrong with files and states ---------------------------------------------------------

NOT_WRITABLE = Text("{path} cannot be written: {problem}.", "无法写入 {path}：{problem}。")
SAME_FILE = Text(
    "{path} is both {first} and {second}, and would be overwritten. Name another file.",
    "{path} 既是{first}又是{second}，会被覆盖。请换一个文件名。",
)
THE_INPUT, THE_OUTPUT = Text("the input", "输入"), Text("the output", "输出")
THE_ERRORS = Text("the file of the errors", "错误文件")
OUTPUT_EXISTS = Text(
    "{path} exists, but beside the output there is no state of a job that wrote it; nothing was "
    "sent. Move it away, or choose another output.",
    "{path} 已存在，但输出旁边没有写它的任务的状态文件，一行也没有发送。请移走它，或换一个"
    "输出文件。",
)
STORAGE = Text(
    "{path}: {problem}. What was answered before is there: make room, then run the same command "
    "again.",
    "{path}：{problem}。之前的回答都已保存：腾出空间后，再运行同一条命令即可。",
)
STORAGE_OF_STREAM = Text(
    "The output cannot be written: {problem}. With `-o -` nothing is kept: make room and ask "
    "again, or write to a file (-o out.jsonl), which the same command goes on from.",
    "无法写入输出：{problem}。用 `-o -` 时什么也不保存：请腾出空间后重新提问，"
    "或写到文件（-o out.jsonl），之后用同一条命令继续。",
)
NO_STATE = Text(
    "There is no state {path}: no job has written to this output.",
    "没有状态文件 {path}：还没有任务写过这个输出。",
)
DAMAGED_STATE = Text(
    "{path} is damaged: {problem}. Put the file back, or delete it to begin anew.",
    "{path} 已损坏：{problem}。请恢复该文件，或删除它重新开始。",
)
FOREIGN_STATE = Text(
    "{path} is no state of a batch. Move it away, or choose another output.",
    "{path} 不是批处理的状态文件。请移走它，或换一个输出文件。",
)
OTHER_VERSION = Text(
    "{path} is of version {version}; this dsadapter knows version {known}. Finish the job with the "
    "dsadapter that began it, or delete the file to begin anew.",
    "{path} 是版本 {version}，当前 dsadapter 只认识版本 {known}。请用开始时的 dsadapter 完成任务，"
    "或删除该文件重新开始。",
)
IN_USE = Text(
    "Another run is at work on {path}. See it with `dsadapter batch status`, or wait for its end.",
    "另一个任务正在使用 {path}。可用 `dsadapter batch status` 查看，或等它结束。",
)
NETWORK_DISK = Text(
    "{path} lies on a network file system, where the state is not safe. Write to a local disk.",
    "{path} 在网络文件系统上，状态文件在那里并不安全。请写到本地磁盘。",
)
OPTIONS_CHANGED = Text(
    "The state is of a run with other options; nothing was sent. Use those, or another output:",
    "状态文件属于另一组选项，一行也没有发送。请用原来的选项，或换一个输出文件：",
)
OPTION_CHANGED = Text(
    "{name} was {before!r}, is {now!r}", "{name} 原来是 {before!r}，现在是 {now!r}"
)
INPUT_CHANGED = Text(
    "{path} has changed since the first run; nothing was sent. Use the file as it was, or another "
    "output:",
    "{path} 与第一次运行时不同，一行也没有发送。请用原来的文件，或换一个输出文件：",
)
ROW_CHANGED = Text("line {line}, {id!r}: another content", "第 {line} 行 {id!r}：内容不同")
ROW_OTHER = Text(
    "line {line}: {id!r}, it was {before!r}", "第 {line} 行：{id!r}，原来是 {before!r}"
)
ROW_ADDED = Text("line {line}, {id!r}: it was not there", "第 {line} 行 {id!r}：原来没有")
ROW_MISSING = Text(
    "line {line}, {id!r}: it is not there any more", "第 {line} 行 {id!r}：现在没有了"
)
NO_OUTPUT = Text(
    "{path}, line {line}, is no output of a batch.", "{path} 第 {line} 行不是批处理的输出。"
)
MERGED_TWICE = Text(
    "{path}: {id} stands in another of these files, too. Are they shards of one input?",
    "{path}：{id} 在另一个文件里也有。这些文件是同一份输入的分片吗？",
)
NO_PRICE = Text(
    "--budget cannot be kept: there is no price for {models}. Leave --budget out, or add the "
    "prices to dsadapter.prices.table.",
    "无法遵守 --budget：{models} 没有价格。请去掉 --budget，"
    "或在 dsadapter.prices.table 里加上价格。",
)

# --- the command ---------------------------------------------------------------------------------

BATCH = Text(
    "Ask many prompts. What was answered survives a kill: run the same command again.",
    "批量提问。已有的回答不怕中断：再运行同一条命令即可继续。",
)
OPTIONS: Dict[str, Text] = {
    "input": Text(
        "JSONL of OpenAI's batch files, JSONL or CSV of prompts, - for a pipe",
        "OpenAI 批处理文件的 JSONL，或提示词的 JSONL、CSV；- 表示管道",
    ),
    "output": Text("output file, - for standard output", "输出文件，- 表示标准输出"),
    "errors": Text(
        "file of the rows that failed (default: OUT.errors.jsonl)",
        "失败的行写到这里（默认 OUT.errors.jsonl）",
    ),
    "model": Text("model of every row", "每一行使用的模型"),
    "system": Text("system prompt of the rows without one", "没有系统提示词的行所用的系统提示词"),
    "prompt_field": Text("field that holds the prompt", "提示词所在的字段"),
    "template": Text(
        'prompt made of fields: "Translate: {text}"', '用字段拼出提示词："翻译：{text}"'
    ),
    "concurrency": Text(
        "calls in flight, auto (default) finds the limit",
        "同时进行的调用数，auto（默认）会自动找到上限",
    ),
    "deadline": Text("seconds for a row, retries included", "每一行的时限（秒），包括重试"),
    "max_rows": Text("only the first N rows", "只处理前 N 行"),
    "budget": Text("stop before it costs more: 20USD, 20CNY", "费用到此为止：20USD、20CNY"),
    "off_peak": Text("send in off-peak hours only", "只在非高峰时段发送"),
    "shard": Text("one of several parts of the rows: 3/8", "只处理其中一份：3/8"),
    "retry_failed": Text("ask failed rows once more", "重新发送失败的行"),
    "skip_bad": Text("leave out rows that are no requests", "跳过不是请求的行"),
    "no_group": Text(
        "do not hold rows back until the first with their prefix is answered",
        "不等同前缀的第一行回答就发送其余行",
    ),
    "durable": Text("survive a power cut, too: sync each commit", "每次提交都落盘，断电也不丢"),
    "currency": Text(
        "of amounts: USD, CNY (default: the account's)", "金额的货币：USD、CNY（默认取账户的）"
    ),
    "dry_run": Text("read, check and count, send nothing", "只读取、检查和计数，不发送"),
    "json": Text("print the summary as JSON", "以 JSON 输出总结"),
    "merged": Text("outputs of the shards", "各分片的输出"),
    "errors_too": Text("write the failed rows there, too", "把失败的行也写到这里"),
    "of_output": Text("output of the job", "任务的输出文件"),
}
PARTS: Dict[str, Text] = {
    "status": Text("Show how far a job is.", "查看任务进度。"),
    "export": Text(
        "Write what a job has done so far, in the order of its input.",
        "按输入顺序写出任务已完成的部分。",
    ),
    "merge": Text("Join the outputs of shards.", "合并各分片的输出。"),
}

# --- while it runs -------------------------------------------------------------------------------

PROGRESS = Text(
    "{done} of {total} done, {failed} failed, {in_flight} in flight (limit {limit}), "
    "{tokens} tokens/s, {cost}{expected}{time}",
    "已完成 {done}/{total}，失败 {failed}，进行中 {in_flight}（上限 {limit}），{tokens} token/秒，"
    "{cost}{expected}{time}",
)
EXPECTED = Text(" of about {cost}", "（预计共 {cost}）")
TIME_LEFT = Text(", {time} to go", "，还需 {time}")
WAITS = Text("Peak hours: the next row is sent in {time}.", "现在是高峰时段：{time}后发送下一行。")
ESTIMATE = Text(
    "Estimate from the first {count} {count:row|rows}: {cost} in all, give or take {band} % "
    "(prices of {date}, {hours}).",
    "根据前 {count} 行估算：共 {cost}，误差约 {band}%（价目表日期 {date}，{hours}）。",
)
PEAK = Text("peak hours", "高峰时段")
OFF_PEAK = Text("off-peak hours", "非高峰时段")
SECONDS = Text("{count} s", "{count} 秒")
MINUTES = Text("{count} min", "{count} 分钟")
HOURS = Text("{count} h {minutes} min", "{count} 小时 {minutes} 分钟")

# --- the summary ---------------------------------------------------------------------------------

SUMMARY = Text(
    "{done} of {total} {total:row|rows} done, {failed} failed, {remaining} to go.",
    "共 {total} 行：完成 {done}，失败 {failed}，剩余 {remaining}。",
)
BAD_SKIPPED = Text(
    "{count} {count:line was no request and was|lines were no requests and were} left out.",
    "跳过了 {count} 行不是请求的内容。",
)
MAYBE_TWICE = Text(
    "{count} {count:request|requests} at most may have been billed twice.",
    "最多有 {count} 个请求可能被重复计费。",
)
COST = Text(
    "Cost: {cost} by the prices of {date}. The sending of a row decides about peak hours; the "
    "server's own tools are not included.",
    "费用：{cost}，按 {date} 的价目表计算。是否高峰以发送时刻为准；服务器自带工具的费用不含在内。",
)
BILL_ROW = Text(
    "{model}: {rows} {rows:answer|answers}, {miss} + {hit} (cache) + {output} tokens, {cost}",
    "{model}：{rows} 个回答，token {miss} + {hit}（缓存）+ {output}，{cost}",
)
UNPRICED = Text("There is no price for {models}.", "{models} 没有价格。")
NO_AMOUNT = Text("no price", "没有价格")
ERRORS = Text("The commonest errors:", "最常见的错误：")
ERROR_ROW = Text("{count} × {reason}", "{count} × {reason}")
STOPPED: Dict[str, Text] = {
    "budget": Text("The budget is used up.", "预算已用完。"),
    "402": Text("The balance is used up: {message}", "余额已用完：{message}"),
    "401": Text("The key was refused: {message}", "key 被拒绝：{message}"),
    "interrupted": Text("Interrupted.", "已中断。"),
}
RESUME = Text(
    "To go on, run the same command again: {command}", "继续请再运行同一条命令：{command}"
)
RESUME_BUDGET = Text(
    "To go on, run the same command again with a higher --budget; what was paid counts: {command}",
    "继续请调高 --budget 再运行同一条命令（已花费的计算在内）：{command}",
)
RETRY = Text(
    "To ask the failed rows once more: {command} --retry-failed",
    "重新发送失败的行：{command} --retry-failed",
)
FILES = Text("{output}; errors: {errors}", "{output}；错误：{errors}")
RUNNING = Text(
    "A run is at work on it: {in_flight} in flight, limit {limit}.",
    "任务正在运行：进行中 {in_flight}，上限 {limit}。",
)
NOT_RUNNING = Text("No run is at work on it.", "当前没有任务在运行。")
EXPORTED = Text(
    "{done} {done:answer|answers}, {failed} {failed:error|errors}.",
    "{done} 个回答，{failed} 个错误。",
)
MERGED = Text("{count} {count:line|lines}.", "{count} 行。")

# --- the dry run ---------------------------------------------------------------------------------

PLAN = Text(
    "{rows} {rows:row|rows}, nothing was sent. {rows:Its prompt has|Their prompts have} "
    "about {tokens} tokens: {cost} at off-peak prices of {date} without any cache, "
    "twice that in peak hours.",
    "共 {rows} 行，没有发送。提示词约 {tokens} token：按 {date} 的非高峰价、不计缓存为 {cost}，"
    "高峰时段加倍。",
)
PLAN_MODEL = Text("{model}: {rows} {rows:row|rows}", "{model}：{rows} 行")
PLAN_ANSWERS = Text(
    "What the answers cost is known after the first rows: --max-rows {count} asks a few, and the "
    "run tells the estimate.",
    "回答的费用要发送一部分后才知道：先用 --max-rows {count} 试一部分，运行时会给出估算。",
)
