"""Celery: questions as tasks, beside prefork and beside gevent.

pip install "celery[redis]" gevent
cd examples/recipes
celery -A celery_tasks worker                     # processes
celery -A celery_tasks worker -P gevent -c 100    # 100 questions at once in one process
python -c "from celery_tasks import ask; print(ask.delay('Hello').get())"
"""

import functools
import os

from celery import Celery

import dsadapter

app = Celery(
    "celery_tasks",
    broker=os.environ.get("CELERY_BROKER", "redis://localhost/0"),
    backend=os.environ.get("CELERY_BACKEND", "redis://localhost/1"),
)


@functools.lru_cache(maxsize=None)
def client():
    """One for each worker process, made by its first task: after the fork, after gevent's patch."""
    return dsadapter.OpenAI()


@app.task(
    autoretry_for=(dsadapter.RateLimitError, dsadapter.APIConnectionError),
    retry_backoff=True,
    max_retries=5,
)
def ask(question):
    response = client().chat.completions.create(
        model="deepseek-flash", messages=[{"role": "user", "content": question}]
    )
    return response.choices[0].message.content
