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

  assert {
    condition = (
      aws_api_gateway_domain_name.custom-domain_domain-name_C82487E5.domain_name == "api.example.com" &&
      aws_api_gateway_domain_name.custom-domain_domain-name_C82487E5.regional_certificate_arn == "arn:aws:acm:eu-central-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef"
    )
    error_message = "the API's host name is ${aws_api_gateway_domain_name.custom-domain_domain-name_C82487E5.domain_name}, its certificate ${aws_api_gateway_domain_name.custom-domain_domain-name_C82487E5.regional_certificate_arn}"
  }
  assert {
    condition = [
      aws_api_gateway_base_path_mapping.custom-domain_mapping_8139D9AA.domain_name,
      aws_api_gateway_base_path_mapping.custom-domain_mapping_8139D9AA.api_id,
      aws_api_gateway_base_path_mapping.custom-domain_mapping_8139D9AA.stage_name,
    ] == ["api.example.com", "a1b2c3d4e5", "demo"]
    error_message = "the API's host name leads to another API or stage"
  }
  assert {
    condition     = aws_api_gateway_base_path_mapping.custom-domain_mapping_8139D9AA.base_path == null
    error_message = "the host name leads to the API below a path, which the outputs' addresses do not have"
  }
  assert {
    condition     = aws_api_gateway_rest_api.api_rest-api_FFFBAE81.disable_execute_api_endpoint
    error_message = "the API answers under AWS's host name too"
  }
  assert {
    # Cognito's login pages are behind CloudFront, whose certificates are in us-east-1.
    condition = (
      aws_cognito_user_pool_domain.users_domain_7B71D320.domain == "login.example.com" &&
      aws_cognito_user_pool_domain.users_domain_7B71D320.certificate_arn == "arn:aws:acm:us-east-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef" &&
      aws_cognito_user_pool_domain.users_domain_7B71D320.user_pool_id == "eu-central-1_AbCdEfGhI"
    )
    error_message = "the login pages are at ${aws_cognito_user_pool_domain.users_domain_7B71D320.domain}, their certificate is ${aws_cognito_user_pool_domain.users_domain_7B71D320.certificate_arn}"
  }

  assert {
    condition = (
      aws_cognito_user_pool.users_pool_87CF6C50.mfa_configuration == "ON" &&
      aws_cognito_user_pool.users_pool_87CF6C50.software_token_mfa_configuration[0].enabled &&
      length(aws_cognito_user_pool.users_pool_87CF6C50.sms_configuration) == 0
    )
    error_message = "not everybody needs a code from an authenticator app, or it may come by SMS"
  }
  assert {
    condition = [for sender in aws_cognito_user_pool.users_pool_87CF6C50.email_configuration : [sender.email_sending_account, sender.from_email_address, sender.source_arn]] == [
      ["DEVELOPER", "Orders <no-reply@example.com>", "arn:aws:ses:eu-central-1:111111111111:identity/example.com"],
    ]
    error_message = "another sender than the SES identity sends the pool's mails"
  }

  assert {
    condition = alltrue([
      for alarm in [
        aws_cloudwatch_metric_alarm.observability_alarms_client-errors_4F94A95C,
        aws_cloudwatch_metric_alarm.observability_alarms_server-errors_3D9F903B,
        aws_cloudwatch_metric_alarm.observability_alarms_latency_82A8BD32,
        aws_cloudwatch_metric_alarm.observability_alarms_function-errors_A3A4AC1A,
        aws_cloudwatch_metric_alarm.observability_alarms_function-throttles_A5944BCB,
        aws_cloudwatch_metric_alarm.observability_alarms_function-concurrency_E6FA778D,
      ] : alarm.alarm_actions == toset(["arn:aws:sns:eu-central-1:111111111111:cognito-integration-demo-alarms"]) && alarm.ok_actions == alarm.alarm_actions
    ])
    error_message = "an alarm tells another topic than the stack's, or none"
  }
  assert {
    condition = (
      aws_sns_topic_subscription.observability_alarms_email-0_3EC46619.topic_arn == "arn:aws:sns:eu-central-1:111111111111:cognito-integration-demo-alarms" &&
      aws_sns_topic_subscription.observability_alarms_email-0_3EC46619.endpoint == "operator@example.com"
    )
    error_message = "the operator does not hear of alarms"
  }
  assert {
    condition     = jsondecode(aws_sns_topic_policy.observability_alarms_topic-policy_976BD010.policy).Statement[0].Resource == "arn:aws:sns:eu-central-1:111111111111:cognito-integration-demo-alarms"
    error_message = "CloudWatch may not publish to the alarms' topic"
  }

  assert {
    condition = (
      aws_wafv2_web_acl_association.firewall_stage_C3723D0F.resource_arn == "arn:aws:apigateway:eu-central-1::/restapis/a1b2c3d4e5/stages/demo" &&
      aws_wafv2_web_acl_association.firewall_user-pool_5C25DECA.resource_arn == "arn:aws:cognito-idp:eu-central-1:111111111111:userpool/eu-central-1_AbCdEfGhI"
    )
    error_message = "the firewall is not in front of the stage and the user pool"
  }
  assert {
    condition = alltrue([
      for association in [aws_wafv2_web_acl_association.firewall_stage_C3723D0F, aws_wafv2_web_acl_association.firewall_user-pool_5C25DECA] :
      association.web_acl_arn == "arn:aws:wafv2:eu-central-1:111111111111:regional/webacl/cognito-integration-demo/01234567-89ab-cdef-0123-456789abcdef"
    ])
    error_message = "another web ACL than the stack's is in front of the stage or the user pool"
  }
}
