"""What is said about refusals of model servers on one's own machine."""

from __future__ import annotations

from typing import Dict

from .explanation import Explanation
from .text import Text

EXPLANATIONS: Dict[str, Explanation] = {
    "vendor-ollama-model": Explanation(
        Text(
            "The local server (Ollama) has no model {name}.", "本机服务（Ollama）没有模型 {name}。"
        ),
        Text(
            "Fetch it: ollama pull NAME   (ollama list shows those that are there)",
            "请先拉取：ollama pull 模型名（ollama list 可查看已有的）",
        ),
    ),
    "vendor-ollama-tools": Explanation(
        Text(
            "This model of Ollama has no tools or no thinking.",
            "Ollama 的这个模型不支持工具或思考。",
        ),
        Text("Leave them out, or use a model that has them.", "请去掉，或换支持的模型。"),
    ),
    "vendor-ollama-memory": Explanation(
        Text(
            "The model needs more memory than this machine has free.",
            "模型需要的内存超过本机可用的。",
        ),
        Text("Use a smaller model or quantization.", "请换更小的模型或量化版本。"),
    ),
    "vendor-ollama-down": Explanation(
        Text("The local server (Ollama) does not run.", "本机服务（Ollama）没有运行。"),
        Text("Start it: ollama serve", "请启动：ollama serve"),
    ),
    "vendor-vllm-tools": Explanation(
        Text("vLLM was started without tool calls.", "vLLM 启动时没有打开工具调用。"),
        Text(
            "Start it with --enable-auto-tool-choice --tool-call-parser NAME",
            "启动时加 --enable-auto-tool-choice --tool-call-parser 名字",
        ),
    ),
    "vendor-vllm-template": Explanation(
        Text(
            "The model on this server has no chat template (a base model).",
            "该服务上的模型没有对话模板（是基础模型）。",
        ),
        Text(
            "Use the chat model, or start vLLM with --chat-template FILE.",
            "请用对话模型，或启动 vLLM 时加 --chat-template 文件。",
        ),
    ),
    "vendor-lmstudio-model": Explanation(
        Text("LM Studio has no model loaded.", "LM Studio 没有加载模型。"),
        Text(
            "Load one in LM Studio (lms load NAME), and have it loaded on demand.",
            "请在 LM Studio 里加载（lms load 模型名），并打开按需加载。",
        ),
    ),
    "vendor-lmstudio-context": Explanation(
        Text(
            "The prompt is longer than the context with which LM Studio loaded the model.",
            "提示词超过了 LM Studio 加载模型时设的上下文长度。",
        ),
        Text("Load the model with a larger context length.", "请用更大的上下文长度加载模型。"),
    ),
    "vendor-ollama-crash": Explanation(
        Text(
            "Ollama's process for the model ended: mostly too little memory, or a driver that does "
            "not fit.",
            "Ollama 的模型进程退出了：多半内存不足，或驱动不匹配。",
        ),
        Text(
            "Take a smaller model, or see why in the log of the Ollama server.",
            "请换小一些的模型，或到 Ollama 服务的日志里看原因。",
        ),
    ),
}
