import type { Environment } from "../../config/environment";
import { type Permissions, together } from "./permissions";
import type { Resources } from "./resources";
import { TAGS_AT_CREATION, TAGS_CHANGED } from "./write-permissions";

const CHANGES_OF_LOG_KEY = ["logs:AssociateKmsKey", "logs:DisassociateKmsKey"].map((name) => ({
  name,
  uncalled: "called when the logs of an environment that exists are encrypted, or no longer",
}));

/** What Terraform needs for the logs' key, the alarms and the dashboard, as far as the settings ask for them. */
export function observabilityPermissions(resources: Resources, settings: Environment["observability"]): Permissions {
  return together([
    settings.executionLog !== "OFF" && executionLog(resources, settings.encryptLogs),
    settings.encryptLogs && encryptionKey(resources),
    settings.alarms && alarms(resources),
    settings.alarmEmails.length > 0 && subscriptions(resources),
    settings.dashboard && dashboard(resources),
  ]);
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/permissions-reference-cwl.html */
function executionLog(resources: Resources, encrypted: boolean): Permissions {
  // Without names: with every part on, the deploy role has few characters left.
  const ofLog = { resources: [resources.anyExecutionLog], condition: { StringEquals: resources.tagged() } };
  return {
    read: [{ actions: ["logs:ListTagsForResource"], ...ofLog }],
    write: [
      {
        actions: ["logs:CreateLogGroup", { name: "logs:TagResource", uncalled: TAGS_AT_CREATION }],
        resources: [resources.anyExecutionLog],
        condition: { StringEquals: resources.givenTags() },
      },
      {
        actions: [
          "logs:DeleteLogGroup",
          "logs:PutRetentionPolicy",
          { name: "logs:UntagResource", uncalled: TAGS_CHANGED },
          ...(encrypted ? CHANGES_OF_LOG_KEY : []),
        ],
        ...ofLog,
      },
    ],
  };
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
          "kms:PutKeyPolicy",
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
        actions: CHANGES_OF_LOG_KEY,
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
