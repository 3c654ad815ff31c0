"""The backend of the API. API Gateway calls it only for requests that its authorizer has let through."""

import json


def lambda_handler(event, context):
    # The event carries the caller's token in its headers: never log it.
    return {"statusCode": 200, "body": json.dumps("Hello from Liwanag Backend!")}
