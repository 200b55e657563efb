"""AWS Lambda: a handler that answers before its time is over.

pip install --target package --platform manylinux2014_x86_64 --only-binary=:all: WHEEL
cp examples/recipes/lambda_function.py package/ && cd package && zip -qr ../function.zip .
"""

import json

import dsadapter

client = dsadapter.OpenAI()  # once for each instance: later calls reuse its connections


def lambda_handler(event, context):
    question = json.loads(event["body"])["question"]
    seconds = context.get_remaining_time_in_millis() / 1000 - 1
    try:
        response = client.chat.completions.create(
            model="deepseek-flash",
            messages=[{"role": "user", "content": question}],
            deadline=seconds,
        )
    except dsadapter.APIError as err:
        return reply(502, {"error": err.message, "hint": err.hint})
    return reply(200, {"answer": response.choices[0].message.content})


def reply(status, body):
    return {"statusCode": status, "body": json.dumps(body, ensure_ascii=False)}
