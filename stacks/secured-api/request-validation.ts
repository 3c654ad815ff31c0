import { ApiGatewayModel } from "@cdktf/provider-aws/lib/api-gateway-model";
import { ApiGatewayRequestValidator } from "@cdktf/provider-aws/lib/api-gateway-request-validator";
import type { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { Construct } from "constructs";
import { UserError } from "../../config/user-error";
import { faultInSchema, type JsonSchema } from "./json-schema";
import { pathParameters } from "./route-path";

/** What the gateway asks of a request before it calls the target. A request that lacks it gets 400, and nothing runs. */
export interface RequestValidation {
  /**
   * What a JSON body must look like. Routes that name the same model share it.
   *
   * The gateway looks at bodies of the type application/json, and at those without a type: any other passes unseen, so a function must
   * refuse types that it does not know.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
   */
  readonly body?: RequestModel;
  /** Parameters that the query string must have. */
  readonly query?: readonly string[];
  /** Headers that the request must have. */
  readonly headers?: readonly string[];
  /** Parameters of the path, which a request cannot lack: named here, they are part of the API's documentation and exports. */
  readonly path?: readonly string[];
}

/** A route as far as its requests are checked. */
interface ValidatedRoute {
  readonly method: string;
  readonly path: string;
  readonly validate?: RequestValidation;
}

export interface RequestModel {
  /** Its name in the API: letters and digits. */
  readonly name: string;
  readonly schema: JsonSchema;
}

const MODEL_NAME = /^[a-zA-Z0-9]{1,128}$/;
/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
const LARGEST_SCHEMA_KIB = 400;
const PARAMETER = /^[a-zA-Z0-9._$-]+$/;

/** The models and validators of one API: one model for each name, one validator for each kind of check. */
export class RequestValidators extends Construct {
  readonly #models = new Map<string, { readonly model: ApiGatewayModel; readonly schema: string }>();
  readonly #validators = new Map<string, ApiGatewayRequestValidator>();

  constructor(
    scope: Construct,
    id: string,
    private readonly api: ApiGatewayRestApi,
  ) {
    super(scope, id);
  }

  /**
   * The arguments of a method that make the gateway check its requests; none for a route that asks for nothing.
   *
   * @throws UserError when API Gateway would refuse them, or would accept them and not check what they say
   */
  methodArguments(route: ValidatedRoute) {
    const { body, query = [], headers = [], path = [] } = route.validate ?? {};
    const parameters = [...located("querystring", query), ...located("header", headers), ...located("path", path)];
    refuseUnknownParameters(route);
    if (!body && parameters.length === 0) {
      return {};
    }
    return {
      requestValidatorId: this.#validator(body !== undefined, parameters.length > 0).id,
      ...(body && { requestModels: { "application/json": this.#model(body).name } }),
      ...(parameters.length > 0 && { requestParameters: Object.fromEntries(parameters.map((name) => [name, true])) }),
    };
  }

  #validator(validateRequestBody: boolean, validateRequestParameters: boolean): ApiGatewayRequestValidator {
    const name = [validateRequestBody && "body", validateRequestParameters && "parameters"].filter(Boolean).join("-and-");
    let validator = this.#validators.get(name);
    if (!validator) {
      validator = new ApiGatewayRequestValidator(this, name, {
        restApiId: this.api.id,
        name,
        validateRequestBody,
        validateRequestParameters,
      });
      this.#validators.set(name, validator);
    }
    return validator;
  }

  #model({ name, schema }: RequestModel): ApiGatewayModel {
    if (!MODEL_NAME.test(name)) {
      throw new UserError(`The request model "${name}" has a name that API Gateway refuses: it has 1 to 128 letters and digits.`);
    }
    const fault = faultInSchema(schema);
    if (fault) {
      throw new UserError(`The request model "${name}": ${fault}`);
    }
    const text = JSON.stringify({ $schema: "http://json-schema.org/draft-04/schema#", title: name, ...schema });
    if (Buffer.byteLength(text) > LARGEST_SCHEMA_KIB * 1024) {
      throw new UserError(
        `The request model "${name}" is larger than ${LARGEST_SCHEMA_KIB} KiB, the most that API Gateway takes. Shorten it.`,
      );
    }
    const known = this.#models.get(name);
    if (known && known.schema !== text) {
      throw new UserError(`The request model "${name}" exists already with another schema. Give one of them another name.`);
    }
    // Terraform would read ${ and %{, which a pattern may hold, as the beginning of an expression.
    const escaped = text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
    const model =
      known?.model ??
      new ApiGatewayModel(this, `model-${name}`, { restApiId: this.api.id, name, contentType: "application/json", schema: escaped });
    this.#models.set(name, { model, schema: text });
    return model;
  }
}

function located(location: "querystring" | "header" | "path", names: readonly string[]): string[] {
  return names.map((name) => `method.request.${location}.${name}`);
}

function refuseUnknownParameters({ method, path, validate }: ValidatedRoute): void {
  const route = `The route ${method} ${path}`;
  for (const name of [...(validate?.query ?? []), ...(validate?.headers ?? [])]) {
    if (!PARAMETER.test(name)) {
      throw new UserError(`${route} requires the parameter "${name}": API Gateway takes letters, digits and . _ $ -. Correct the name.`);
    }
  }
  const known = pathParameters(path);
  for (const name of validate?.path ?? []) {
    if (!known.includes(name)) {
      throw new UserError(`${route} requires the path parameter "${name}", which its path does not have. Write {${name}} into the path.`);
    }
  }
}
