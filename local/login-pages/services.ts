/** What the pages work with, and how each of them reads its request. */
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { Accounts } from "./accounts";
import { type AppClient, AppClients } from "./app-client";
import { type AuthorizationRequest, checkAuthorizationRequest, UntrustedRequestError } from "./authorization-request";
import { CodeFlow } from "./code-flow";
import { FormTokens } from "./form-tokens";
import { Sessions } from "./sessions";

export interface ServicesOptions {
  readonly emulatorUrl: string;
  readonly region: string;
  /** Of a caller who may list the user pools and describe their app clients. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export class Services {
  readonly clients: AppClients;
  readonly accounts: Accounts;
  readonly codeFlow: CodeFlow;
  readonly sessions = new Sessions();
  readonly formTokens = new FormTokens();
  readonly #cognito: CognitoIdentityProviderClient;

  constructor({ emulatorUrl, region, credentials }: ServicesOptions) {
    this.#cognito = new CognitoIdentityProviderClient({ endpoint: emulatorUrl, region, credentials });
    this.clients = new AppClients(this.#cognito);
    this.accounts = new Accounts(this.#cognito);
    this.codeFlow = new CodeFlow(emulatorUrl);
  }

  close(): void {
    this.#cognito.destroy();
  }

  /**
   * The app client that the query names.
   *
   * @throws UntrustedRequestError
   */
  async appClient(c: Context): Promise<AppClient> {
    const [id, ...more] = c.req.queries("client_id") ?? [];
    const client = id && more.length === 0 ? await this.clients.find(id) : undefined;
    if (!client) {
      throw new UntrustedRequestError(id ? `There is no app client ${id}.` : "client_id is missing.");
    }
    return client;
  }

  /**
   * The authorization request in the query.
   *
   * @throws UntrustedRequestError, AuthorizationError
   */
  async authorizationRequest(c: Context): Promise<AuthorizationRequest> {
    return checkAuthorizationRequest(new URL(c.req.url).searchParams, await this.appClient(c));
  }

  /**
   * The fields of a posted form.
   *
   * @throws HTTPException 403 when the form was not shown in this browser
   */
  async postedForm(c: Context): Promise<URLSearchParams> {
    const form = new URLSearchParams(await c.req.text());
    if (!this.formTokens.matches(c, form)) {
      throw new HTTPException(403, {
        message: "This form was not shown in this browser, or the browser keeps no cookies. Open the page again and send it from there.",
      });
    }
    return form;
  }
}
