import { API_SEARCHES } from "./api-searches";
import { FUNCTION_SEARCHES } from "./function-searches";
import type { Search } from "./search";
import { SIGN_IN_SEARCHES } from "./sign-in-searches";

/** How resources are found, by their type. */
export const SEARCHES: Readonly<Record<string, Search>> = { ...API_SEARCHES, ...FUNCTION_SEARCHES, ...SIGN_IN_SEARCHES };

/**
 * Types that need no search: to make one that exists is to overwrite it, or gives the one that exists. A deployment is a picture of the API
 * at one moment: the stack makes one of its own, and its stage goes over to it.
 */
export const NOT_SEARCHED: readonly string[] = [
  "aws_api_gateway_deployment",
  "aws_api_gateway_rest_api_put",
  "aws_cloudwatch_dashboard",
  "aws_cloudwatch_metric_alarm",
  "aws_lambda_function_event_invoke_config",
  "aws_sns_topic",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
];
