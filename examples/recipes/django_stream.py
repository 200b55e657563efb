"""Django: a view that passes an answer on as server-sent events while it arrives.

pip install django
python examples/recipes/django_stream.py runserver
curl -N "http://127.0.0.1:8000/ask?q=Hello"
"""

import json
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse, StreamingHttpResponse
from django.urls import path

import dsadapter

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="not used here")
client = dsadapter.OpenAI()  # one for all threads: it keeps connections


def ask(request):
    try:
        stream = client.chat.completions.create(
            model="deepseek-flash",
            messages=[{"role": "user", "content": request.GET["q"]}],
            stream=True,
        )
    except dsadapter.APIError as err:
        return JsonResponse({"error": err.message, "hint": err.hint}, status=502)
    return StreamingHttpResponse(events(stream), content_type="text/event-stream")


def events(stream):
    with stream:  # closed when the browser leaves, too
        for part in stream.text:
            yield f"data: {json.dumps(part)}\n\n"
    yield "data: [DONE]\n\n"


urlpatterns = [path("ask", ask)]
application = get_wsgi_application()  # for gunicorn and the like

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
