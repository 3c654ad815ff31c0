"""Runs the emulator with what it lacks of IAM for the roles of stacks/github-access, and records what IAM is asked.

The policies are deployed as they are for AWS, so condition keys that AWS documents and the emulator does not know would refuse everything.
They are added here, each from the request itself:

- aws:RequestTag/* in the tags of CreateRestApi and CreateUserPool
- aws:ResourceTag/* of REST APIs, which all that is below them inherits, of user pools, of log groups and of keys by their id
- iam:PermissionsBoundary of the role that is made or changed
- lambda:Principal of AddPermission
- iam:PassRole with iam:PassedToService where a function is given a role
- the resources of what the emulator takes for a request on everything: the function that is made, all log groups and alarms where they are
  listed, and the alarm, dashboard, topic, alias, web ACL or protected resource that a request names

Each question and its answer is a line of calls.jsonl in the folder for temporary files.
"""

import contextvars
import json
import os
import runpy
import sys
import tempfile
from urllib.parse import unquote

from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id
from ministack.services import tagging

RECORD = os.path.join(tempfile.gettempdir(), "calls.jsonl")

request_body = contextvars.ContextVar("request_body", default={})
request_tag_context = iam_actions.request_tag_context
resource_tags = tagging.resource_tags
enforce = iam_evaluator.enforce


def first(value):
    return value[0] if isinstance(value, list) else value


def parsed(body):
    try:
        return json.loads(body) if body[:1] == b"{" else {}
    except ValueError:
        return {}


def resource_of(action, resource_arn, region):
    """The resource on which AWS authorizes an action, where the emulator has another one."""
    account = get_account_id()
    request = request_body.get()

    def asked(*names):
        return next((first(request[name]) for name in names if request.get(name)), None)

    def own(service, resource):
        return f"arn:aws:{service}:{region}:{account}:{resource}"

    service, operation = action.split(":", 1)
    if action == "logs:DescribeLogGroups":
        return own("logs", "log-group::log-stream:")
    if action == "lambda:CreateFunction":
        return own("lambda", f"function:{asked('FunctionName')}")
    if action in ("kms:CreateAlias", "kms:DeleteAlias"):
        return own("kms", asked("AliasName"))
    if action in ("kms:ListAliases", "kms:CreateKey"):
        return "*"
    if service == "wafv2" and "WebACL" in operation and resource_arn == "*":
        return asked("WebACLArn", "ResourceArn") or "*"
    if service == "cloudwatch":
        dashboard = asked("DashboardName", "DashboardNames.member.1", "DashboardNames")
        alarm = asked("AlarmName", "AlarmNames.member.1", "AlarmNames")
        if dashboard:
            return f"arn:aws:cloudwatch::{account}:dashboard/{dashboard}"
        if alarm:
            return own("cloudwatch", "alarm:*" if operation == "DescribeAlarms" else f"alarm:{alarm}")
    if service == "sns" and asked("SubscriptionArn"):
        return asked("SubscriptionArn").rsplit(":", 1)[0]
    return asked("ResourceARN", "ResourceArn") or resource_arn if resource_arn == "*" else resource_arn


def boundary_of(role_name):
    import ministack.services.iam as iam

    return (iam._roles.get(role_name) or {}).get("PermissionsBoundary")


def context_of_request(service, action, body, params):
    context = request_tag_context(service, action, body, params)
    data = parsed(body)
    request_body.set({**params, **data})
    if service == "apigateway":
        tags = data.get("tags") or {}
        context.update({f"aws:RequestTag/{key}": value for key, value in tags.items()})
    if action == "cognito-idp:CreateUserPool":
        context.update({f"aws:RequestTag/{key}": value for key, value in (data.get("UserPoolTags") or {}).items()})
    if service == "iam" and "RoleName" in params:
        asked = first(params.get("PermissionsBoundary"))
        boundary = asked if action in ("iam:CreateRole", "iam:PutRolePermissionsBoundary") else boundary_of(first(params["RoleName"]))
        if boundary:
            context["iam:PermissionsBoundary"] = boundary
    if action == "lambda:AddPermission":
        context["lambda:Principal"] = data.get("Principal")
    return context


def tags_of_resource(arn):
    if not arn.startswith("arn:"):
        return None
    _, _, service, _, _, path = arn.split(":", 5)
    if service == "apigateway":
        import ministack.services.apigateway_v1 as apigateway

        path = unquote(path)
        path = path.split("::", 1)[1] if path.startswith("/tags/") else path
        parts = path.split("/")
        api = apigateway._rest_apis.get(parts[2]) if len(parts) > 2 else None
        return apigateway._v1_tags.get(apigateway._rest_api_arn(parts[2])) if api else None
    if service == "cognito-idp":
        import ministack.services.cognito as cognito

        pool = cognito._user_pools.get(path.split("/")[-1])
        return pool["UserPoolTags"] if pool else None
    if service == "logs":
        import ministack.services.cloudwatch_logs as logs

        group = logs._log_groups.get(path.removeprefix("log-group:").removesuffix(":*"))
        return group["tags"] if group else None
    return resource_tags(arn)


def recorded(access_key, action, service, region, resource_arn="*", service_context=None):
    answer = enforce(access_key, action, service, region, resource_arn=resource_arn, service_context=service_context)
    with open(RECORD, "a", encoding="utf-8") as record:
        record.write(json.dumps({"key": access_key, "action": action, "resource": resource_arn, "allowed": answer is None}) + "\n")
    return answer


def enforce_with_pass_role(access_key, action, service, region, resource_arn="*", service_context=None):
    resource_arn = resource_of(action, resource_arn, region)
    denied = recorded(access_key, action, service, region, resource_arn, service_context)
    role = request_body.get().get("Role")
    if denied is None and role and action in ("lambda:CreateFunction", "lambda:UpdateFunctionConfiguration"):
        return recorded(access_key, "iam:PassRole", "iam", region, role, {"iam:PassedToService": "lambda.amazonaws.com"})
    return denied


iam_actions.request_tag_context = context_of_request
tagging.resource_tags = tags_of_resource
iam_evaluator.enforce = enforce_with_pass_role
sys.path.insert(0, "local")  # as if that program had been started
runpy.run_path(os.path.join("local", "run_emulator.py"), run_name="__main__")
