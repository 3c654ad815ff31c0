import type { Environment } from "../../config/environment";
import { observabilityPermissions } from "./observability-permissions";
import { type Permissions, together } from "./permissions";
import type { Resources } from "./resources";
import type { Statement } from "./statement";
import { TAGS_AT_CREATION, TAGS_CHANGED } from "./write-permissions";

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
    observabilityPermissions(resources, observability),
    firewall && webAcl(resources),
    customDomains.api && domainName(resources, environment),
    customDomains.loginPages && loginPagesDomain(),
  ];
  return together(parts);
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

function domainName({ domainName: own, domainNames, domainNameTags }: Resources, { account }: Environment): Permissions {
  const withCertificate = (name: string) => ({
    name,
    uncalled: "a custom domain name needs an issued certificate, which the tests have not",
  });
  return {
    read: [{ sid: "ReadDomainName", actions: [withCertificate("apigateway:GET")], resources: own }],
    write: [
      {
        // Without a name, as the execution log. The collection knows no action but POST, and the tags none but PUT and DELETE: as with an API,
        // making it with tags is PUT on them.
        actions: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST", "apigateway:PUT"].map(withCertificate),
        resources: [domainNames, ...own, ...domainNameTags],
      },
      serviceLinkedRole("ReadCertificates", account, "ops.apigateway.amazonaws.com", "APIGateway"),
    ],
  };
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html */
function loginPagesDomain(): Permissions {
  const actions = [{ name: "cloudfront:UpdateDistribution", uncalled: "Cognito asks for it; the distribution is one of its own" }];
  return { read: [], write: [{ actions, resources: ["*"] }] };
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
