"""The same API with AWS Chalice: the tutorial's route, and beside it those of BENCH_ROUTES, a JSON list of method and path."""

import json
import os

from chalice import Chalice, CognitoUserPoolAuthorizer

app = Chalice(app_name="cognito-integration-demo")
authorizer = CognitoUserPoolAuthorizer(
    "Authorizerdemo",
    header="Token",
    provider_arns=["arn:aws:cognito-idp:eu-central-1:111111111111:userpool/eu-central-1_example00"],
    scopes=["email"],
)


@app.route("/", authorizer=authorizer)
def backend(**_parameters):
    return "Hello from Liwanag Backend!"


for number, route in enumerate(json.loads(os.environ["BENCH_ROUTES"])):
    add = app.route(route["path"], methods=[route["method"]], authorizer=authorizer, name=f"backend{number}")
    add(backend)
