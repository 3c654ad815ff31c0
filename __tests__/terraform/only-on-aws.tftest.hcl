# Everything that the emulator cannot have, applied with a provider that makes everything up: host names with their certificates, the sender of
# mails, a second factor for everybody.
mock_provider "aws" {
  mock_resource "aws_api_gateway_rest_api" {
    defaults = {
      id               = "a1b2c3d4e5"
      root_resource_id = "r0o0t0"
      execution_arn    = "arn:aws:execute-api:eu-central-1:111111111111:a1b2c3d4e5"
    }
  }
  mock_resource "aws_api_gateway_stage" {
    defaults = { arn = "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/demo" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/testing" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111111111111:role/testing-eu-central-1" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef" }
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
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:111111111111:cognito-integration-demo-alarms" }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/cognito-integration-demo/01234567-89ab-cdef-0123-456789abcdef" }
  }
}

run "apply" {
  command = apply

  assert {
    condition     = output.invoke_url == "https://api.example.com" && output.landing_page_url == "https://api.example.com/signed-in"
    error_message = "the API is at ${output.invoke_url}, its landing page at ${output.landing_page_url}"
  }
  assert {
    condition     = startswith(output.sign_in_url, "https://login.example.com/login?client_id=1h57kf5cpq17m0eml12EXAMPLE&")
    error_message = "sign_in_url is ${output.sign_in_url}"
  }
}
