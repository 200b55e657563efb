# kind: S
import os
from dataclasses import dataclass, field
from typing import Dict, List, Optional

import openai as ai


@dataclass
class LLM:
    model: str = "deepseek-chat"
    temperature: float = 0.0
    history: List[Dict[str, str]] = field(default_factory=list)
    last_usage: Optional[dict] = None

    def __post_init__(self):
        ai.api_key = os.environ["API_KEY"]
        ai.api_base = os.environ["API_BASE"]

    def __call__(self, prompt: str, **overrides) -> str:
        self.history.append(dict(role="user", content=prompt))
        res = ai.ChatCompletion.create(
            model=overrides.get("model", self.model),
            temperature=overrides.get("temperature", self.temperature),
            messages=self.history,
        )
        self.last_usage = res["usage"]
        message = res["choices"][0]["message"]
        self.history.append({"role": message["role"], "content": message["content"]})
        return message["content"]


llm = LLM()
print(llm("one"))
print(llm("two", temperature=1))
print(llm.last_usage["total_tokens"] >= llm.last_usage["prompt_tokens"])
print(sorted(llm.last_usage.keys())[:3])
