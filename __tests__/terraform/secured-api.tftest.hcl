# The synthesized configuration, applied with a provider that makes everything up: no account, no credentials, no network.
# What the provider would compute and the configuration builds on is given here; values that nothing builds on are random.
mock_provider "aws" {
  mock_resource "aws_api_gateway_rest_api" {
    defaults = {
      id               = "a1b2c3d4e5"
      root_resource_id = "r0o0t0"
      execution_arn    = "arn:aws:execute-api:eu-central-1:111111111111:a1b2c3d4e5"
    }
  }
  mock_resource "aws_api_gateway_authorizer" {
    defaults = { id = "auth01" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/testing" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/testing-eu-central-1" }
  }
  mock_resource "aws_lambda_function" {
    defaults = {
      arn        = "arn:aws:lambda:eu-central-1:111111111111:function:testing"
      invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:111111111111:function:testing/invocations"
    }
  }
  mock_resource "aws_cognito_user_pool" {
    defaults = {
      id  = "eu-central-1_AbCdEfGhI"
      arn = "arn:aws:cognito-idp:eu-central-1:111111111111:userpool/eu-central-1_AbCdEfGhI"
    }
  }
  mock_resource "aws_cognito_user_pool_client" {
    defaults = { id = "1h57kf5cpq17m0eml12EXAMPLE" }
  }
}

run "apply" {
  command = apply

  assert {
    condition     = output.invoke_url == "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/demo"
    error_message = "invoke_url is ${output.invoke_url}"
  }
  assert {
    condition     = output.landing_page_url == "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/demo/signed-in"
    error_message = "landing_page_url is ${output.landing_page_url}"
  }
  assert {
    # A team's own scopes, which have a slash, are taken out. 12 hexadecimal digits of the SHA-256 of the pool's id, and the redirect address escaped as a query wants it
    condition     = replace(replace(output.sign_in_url, "/[^+&=]+%2F[^+&=]+\\+/", ""), "/\\+[^+&=]+%2F[^+&=]+/", "") == "https://testdemo-${substr(sha256("eu-central-1_AbCdEfGhI"), 0, 12)}.auth.eu-central-1.amazoncognito.com/login?client_id=1h57kf5cpq17m0eml12EXAMPLE&response_type=token&scope=email+openid&redirect_uri=https%3A%2F%2Fa1b2c3d4e5.execute-api.eu-central-1.amazonaws.com%2Fdemo%2Fsigned-in"
    error_message = "sign_in_url is ${output.sign_in_url}"
  }
  assert {
    condition     = can(regex("^testdemo-[0-9a-f]{12}$", aws_cognito_user_pool_domain.users_domain_7B71D320.domain))
    error_message = "the domain prefix is ${aws_cognito_user_pool_domain.users_domain_7B71D320.domain}"
  }
  assert {
    condition = [output.user_pool_id, output.user_pool_client_id, output.rest_api_id, output.function_name] == [
      "eu-central-1_AbCdEfGhI", "1h57kf5cpq17m0eml12EXAMPLE", "a1b2c3d4e5", "testing",
    ]
    error_message = "the ids in the outputs are not the resources' own"
  }

  assert {
    condition     = aws_lambda_permission.api_GET_permission_86515907.source_arn == "arn:aws:execute-api:eu-central-1:111111111111:a1b2c3d4e5/*/GET/"
    error_message = "the function may be called by ${aws_lambda_permission.api_GET_permission_86515907.source_arn}"
  }
  assert {
    condition     = aws_api_gateway_method.api_GET_method_6D324902.resource_id == "r0o0t0" && aws_api_gateway_method.api_GET_method_6D324902.authorizer_id == "auth01"
    error_message = "GET is not on the root, or not behind the authorizer"
  }
  assert {
    condition     = aws_api_gateway_method.api_GET_method_6D324902.authorization == "COGNITO_USER_POOLS" && aws_api_gateway_method.api_GET_method_6D324902.authorization_scopes == toset(["email"])
    error_message = "GET is not authorized by an access token with scope email"
  }
  assert {
    condition     = aws_api_gateway_authorizer.api_authorizer_85134A4D.provider_arns == toset(["arn:aws:cognito-idp:eu-central-1:111111111111:userpool/eu-central-1_AbCdEfGhI"])
    error_message = "the authorizer asks another pool"
  }
  assert {
    condition = aws_cognito_user_pool_client.sign-in_client_488D3CA6.callback_urls == toset([
      "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/demo",
      "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/demo/signed-in",
    ])
    error_message = "the callback URLs are ${join(", ", aws_cognito_user_pool_client.sign-in_client_488D3CA6.callback_urls)}"
  }
  assert {
    condition     = contains(aws_cognito_user_pool_client.sign-in_client_488D3CA6.callback_urls, aws_cognito_user_pool_client.sign-in_client_488D3CA6.default_redirect_uri)
    error_message = "Cognito refuses a default redirect address that is no callback URL"
  }
  assert {
    condition     = jsondecode(aws_iam_role_policy.backend-function_writes-its-log_241000B6.policy).Statement[0].Resource == "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/testing:*"
    error_message = "the function may write to another log than its own"
  }
  assert {
    condition     = jsondecode(replace(aws_api_gateway_gateway_response.refusals_unauthorized_2F7D2350.response_templates["application/json"], "$context.error.messageString", "\"Unauthorized\"")) == { message = "Unauthorized", sign_in_url = output.sign_in_url }
    error_message = "what a refused caller gets is not JSON with the reason and the sign-in address"
  }
}

