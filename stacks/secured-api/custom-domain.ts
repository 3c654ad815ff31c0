import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Construct } from "constructs";
import type { RestApi } from "./rest-api";

export interface CustomDomainProps {
  readonly api: RestApi;
  /** Host name, e.g. `api.example.com`. */
  readonly name: string;
  /** ARN of an issued ACM certificate for it, in the API's Region. */
  readonly certificateArn: string;
}

/**
 * A host name of the project's own for the API's stage. Its DNS record is made where the domain is managed, an alias of `target`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-regional-api-custom-domain-create.html
 */
export class CustomDomain extends Construct {
  /** The host name that the DNS record points at. */
  readonly target: string;

  constructor(scope: Construct, id: string, { api, name, certificateArn }: CustomDomainProps) {
    super(scope, id);
    const domain = new ApiGatewayDomainName(this, "domain-name", {
      domainName: name,
      regionalCertificateArn: certificateArn,
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: "TLS_1_2",
    });
    new ApiGatewayBasePathMapping(this, "mapping", { apiId: api.api.id, stageName: api.stage.stageName, domainName: domain.domainName });
    this.target = domain.regionalDomainName;
  }
}
