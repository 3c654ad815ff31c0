"""The backend of the API. API Gateway calls it only for requests that its authorizer has let through."""

import json
import os

# The one other origin whose pages may read the answer: the setting allowedOrigin. The gateway cannot add the header itself.
ALLOWED_ORIGIN = os.environ.get("ALLOWED_ORIGIN")


def lambda_handler(event, context):
    # The event carries the caller's token in its headers: never log it.
    answer = {"statusCode": 200, "body": json.dumps("Hello from Liwanag Backend!")}
    if ALLOWED_ORIGIN:
        answer["headers"] = {"Access-Control-Allow-Origin": ALLOWED_ORIGIN}
    return answer
