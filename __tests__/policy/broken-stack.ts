import { ApiGatewayMethod } from "@cdktf/provider-aws/lib/api-gateway-method";
import { ApiGatewayResource } from "@cdktf/provider-aws/lib/api-gateway-resource";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketAcl } from "@cdktf/provider-aws/lib/s3-bucket-acl";
import type { App } from "cdktf";
import { loadEnvironments } from "../../config/load-environments";
import { EnvironmentStack } from "../../stacks/environment-stack";
import { skipChecks } from "../../stacks/skip-check";
import { SETTINGS } from "../support/settings";

/** A public bucket, two methods without an authorizer of which one says why, and a skip that nothing needs. */
class BrokenStack extends EnvironmentStack {
  constructor(app: App) {
    super(app, "broken", loadEnvironments({ test: SETTINGS }).test);
    const bucket = new S3Bucket(this, "bucket", { bucket: "for-everybody" });
    new S3BucketAcl(this, "acl", { bucket: bucket.id, acl: "public-read" });

    const api = new ApiGatewayRestApi(this, "api", { name: "open" });
    for (const path of ["open", "explained"]) {
      const resource = new ApiGatewayResource(this, path, { restApiId: api.id, parentId: api.rootResourceId, pathPart: path });
      const method = new ApiGatewayMethod(this, `${path}-method`, {
        restApiId: api.id,
        resourceId: resource.id,
        httpMethod: "GET",
        authorization: "NONE",
      });
      if (path === "explained") {
        skipChecks(method, { CKV_AWS_59: "Everybody may read the weather." });
      }
    }
    skipChecks(api, { CKV_AWS_999: "Nothing asks for it." });
  }
}

export function brokenStack(app: App): void {
  new BrokenStack(app);
}
