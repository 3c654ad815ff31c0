import type { Environment } from "../../config/environment";
import type { Resources } from "./resources";
import type { Statement } from "./statement";
import { TAGS_AT_CREATION, TAGS_CHANGED } from "./write-permissions";

interface Permissions {
  /** For both roles. */
  readonly read: readonly Statement[];
  /** For the deploy role alone. */
  readonly write: readonly Statement[];
}

/**
 * What Terraform reads and writes of the parts of `secured-api` that an environment's settings ask for, and nothing for those that they do
 * not. So the roles go first when a part is switched on, and last when it is switched off.
 */
export function optionalPermissions(resources: Resources, environment: Environment): Permissions {
  const { firewall, observability, users, customDomains } = environment;
  const parts = [
    users.groups.length > 0 && groups(resources),
    users.mfa !== "OFF" && multiFactorAuthentication(resources),
    users.emailSender && emailSender(environment),
    observability.encryptLogs && encryptionKey(resources),
    observability.alarms && alarms(resources),
    observability.alarmEmails.length > 0 && subscriptions(resources),
    observability.dashboard && dashboard(resources),
    firewall && webAcl(resources),
    customDomains.api && domainName(resources, environment),
    customDomains.loginPages && loginPagesDomain(),
  ].filter((part) => typeof part === "object");
  return { read: parts.flatMap(({ read }) => read), write: parts.flatMap(({ write }) => write) };
}

function groups(resources: Resources): Permissions {
  const ofPool = { resources: [resources.anyUserPool], condition: { StringEquals: resources.tagged() } };
  return {
    read: [{ sid: "ReadGroups", actions: ["cognito-idp:GetGroup"], ...ofPool }],
    write: [
      {
        sid: "WriteGroups",
        actions: [
          "cognito-idp:CreateGroup",
          "cognito-idp:DeleteGroup",
          { name: "cognito-idp:UpdateGroup", uncalled: "called when somebody changed a group by hand" },
        ],
        ...ofPool,
      },
    ],
  };
}

function multiFactorAuthentication(resources: Resources): Permissions {
  return {
    read: [],
    write: [
      {
        sid: "WriteMfa",
        actions: ["cognito-idp:SetUserPoolMfaConfig"],
        resources: [resources.anyUserPool],
        condition: { StringEquals: resources.tagged() },
      },
    ],
  };
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/using-service-linked-roles.html */
function emailSender({ account }: Environment): Permissions {
  return { read: [], write: [serviceLinkedRole("SendMail", account, "email.cognito-idp.amazonaws.com", "AmazonCognitoIdpEmailService")] };
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html */
function encryptionKey(resources: Resources): Permissions {
  const ofKey = { resources: [resources.anyKmsKey], condition: { StringEquals: resources.tagged() } };
  return {
    read: [
      { sid: "ReadLogKey", actions: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"], ...ofKey },
      // KMS lists them over all keys and knows no resource for it. The answer holds names and ids.
      { sid: "FindLogKeyAlias", actions: ["kms:ListAliases"], resources: ["*"] },
    ],
    write: [
      {
        sid: "CreateLogKey",
        actions: ["kms:CreateKey"],
        resources: ["*"], // as with the user pool: the tags that it is made with are what holds it
        condition: { StringEquals: resources.givenTags() },
      },
      {
        sid: "TagLogKey",
        // As with an API: a key of another project or stack cannot be tagged over, one without tags can.
        actions: [{ name: "kms:TagResource", uncalled: TAGS_AT_CREATION }],
        resources: [resources.anyKmsKey],
        condition: { StringEquals: resources.givenTags(), StringEqualsIfExists: resources.tagged() },
      },
      {
        sid: "WriteLogKey",
        actions: [
          "kms:CreateAlias",
          "kms:DeleteAlias",
          "kms:EnableKeyRotation",
          "kms:ScheduleKeyDeletion",
          { name: "kms:PutKeyPolicy", uncalled: "called when a further function brings a log group" },
          { name: "kms:UpdateAlias", uncalled: "called when somebody gave the alias to another key" },
          { name: "kms:UpdateKeyDescription", uncalled: "called when somebody changed the description by hand" },
          { name: "kms:UntagResource", uncalled: TAGS_CHANGED },
        ],
        ...ofKey,
      },
      {
        sid: "WriteLogKeyAlias", // KMS asks for both, the key and its alias
        actions: [
          "kms:CreateAlias",
          "kms:DeleteAlias",
          { name: "kms:UpdateAlias", uncalled: "called when somebody gave the alias to another key" },
        ],
        resources: [resources.logKeyAlias],
      },
      {
        sid: "EncryptLogGroups",
        actions: ["logs:AssociateKmsKey", "logs:DisassociateKmsKey"].map((name) => ({
          name,
          uncalled: "called when the logs of an environment that exists are encrypted, or no longer",
        })),
        resources: resources.logGroups,
      },
    ],
  };
}

function alarms({ alarms: ofApi, anyAlarm, alarmTopic }: Resources): Permissions {
  return {
    read: [
      { sid: "FindAlarms", actions: ["cloudwatch:DescribeAlarms"], resources: [anyAlarm] },
      { sid: "ReadAlarmTags", actions: ["cloudwatch:ListTagsForResource"], resources: [ofApi] },
      { sid: "ReadAlarmTopic", actions: ["sns:GetTopicAttributes", "sns:ListTagsForResource"], resources: [alarmTopic] },
    ],
    write: [
      {
        sid: "WriteAlarms",
        actions: [
          "cloudwatch:DeleteAlarms",
          "cloudwatch:PutMetricAlarm",
          { name: "cloudwatch:TagResource", uncalled: TAGS_AT_CREATION },
          { name: "cloudwatch:UntagResource", uncalled: TAGS_CHANGED },
        ],
        resources: [ofApi],
      },
      {
        sid: "WriteAlarmTopic",
        actions: [
          "sns:CreateTopic",
          "sns:DeleteTopic",
          "sns:SetTopicAttributes",
          { name: "sns:TagResource", uncalled: TAGS_AT_CREATION },
          { name: "sns:UntagResource", uncalled: TAGS_CHANGED },
        ],
        resources: [alarmTopic],
      },
    ],
  };
}

function subscriptions({ alarmTopic }: Resources): Permissions {
  return {
    read: [{ sid: "ReadSubscriptions", actions: ["sns:GetSubscriptionAttributes"], resources: [alarmTopic] }],
    write: [{ sid: "WriteSubscriptions", actions: ["sns:Subscribe", "sns:Unsubscribe"], resources: [alarmTopic] }],
  };
}

function dashboard(resources: Resources): Permissions {
  const ofDashboard = { resources: [resources.dashboard] };
  return {
    read: [{ sid: "ReadDashboard", actions: ["cloudwatch:GetDashboard"], ...ofDashboard }],
    write: [{ sid: "WriteDashboard", actions: ["cloudwatch:DeleteDashboards", "cloudwatch:PutDashboard"], ...ofDashboard }],
  };
}

/** @see https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html */
function webAcl(resources: Resources): Permissions {
  const besideWaf = (name: string) => ({ name, uncalled: "AWS asks for it beside the action of WAF; the emulator does not" });
  const ofPool = { resources: [resources.anyUserPool], condition: { StringEquals: resources.tagged() } };
  // Stage and pool are resources of these actions, too. WAF does not look at their tags; their own services do, in the statements below.
  const protects = [resources.webAcl, resources.anyApi, resources.anyUserPool];
  return {
    read: [
      { sid: "ReadWebAcl", actions: ["wafv2:GetWebACL", "wafv2:ListTagsForResource"], resources: [resources.webAcl] },
      { sid: "ReadProtected", actions: ["wafv2:GetWebACLForResource"], resources: protects },
      { sid: "ReadProtectedPool", actions: [besideWaf("cognito-idp:GetWebACLForResource")], ...ofPool },
    ],
    write: [
      {
        sid: "WriteWebAcl",
        actions: [
          "wafv2:CreateWebACL",
          "wafv2:DeleteWebACL",
          "wafv2:UpdateWebACL",
          { name: "wafv2:TagResource", uncalled: TAGS_AT_CREATION },
          { name: "wafv2:UntagResource", uncalled: TAGS_CHANGED },
        ],
        resources: [resources.webAcl],
      },
      {
        sid: "UseManagedRules",
        actions: ["wafv2:CreateWebACL", "wafv2:UpdateWebACL"],
        resources: [resources.managedRules],
      },
      { sid: "Protect", actions: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"], resources: protects },
      {
        sid: "ProtectStage",
        actions: [besideWaf("apigateway:SetWebACL")],
        resources: [resources.anyApi],
        condition: { StringEquals: resources.tagged() },
      },
      {
        sid: "ProtectPool",
        actions: [besideWaf("cognito-idp:AssociateWebACL"), besideWaf("cognito-idp:DisassociateWebACL")],
        ...ofPool,
      },
    ],
  };
}

function domainName({ domainName: own, domainNames }: Resources, { account }: Environment): Permissions {
  const withCertificate = (name: string) => ({
    name,
    uncalled: "a custom domain name needs an issued certificate, which the tests have not",
  });
  return {
    read: [{ sid: "ReadDomainName", actions: [withCertificate("apigateway:GET")], resources: own }],
    write: [
      { sid: "CreateDomainName", actions: [withCertificate("apigateway:POST")], resources: [domainNames] },
      {
        sid: "WriteDomainName",
        actions: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST"].map(withCertificate),
        resources: own,
      },
      serviceLinkedRole("ReadCertificates", account, "ops.apigateway.amazonaws.com", "APIGateway"),
    ],
  };
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html */
function loginPagesDomain(): Permissions {
  const actions = [{ name: "cloudfront:UpdateDistribution", uncalled: "Cognito asks for it; the distribution is one of its own" }];
  return { read: [], write: [{ sid: "ServeLoginPages", actions, resources: ["*"] }] };
}

/** A role of AWS's own, which a service makes on its first use in an account with the rights of whoever uses it. */
function serviceLinkedRole(sid: string, account: string, service: string, name: string): Statement {
  return {
    sid,
    actions: [{ name: "iam:CreateServiceLinkedRole", uncalled: "called on the service's first use in the account" }],
    resources: [`arn:aws:iam::${account}:role/aws-service-role/${service}/AWSServiceRoleFor${name}`],
    condition: { StringEquals: { "iam:AWSServiceName": service } },
  };
}
