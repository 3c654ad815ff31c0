import {
  CodeMismatchException,
  type CognitoIdentityProviderClient,
  CognitoIdentityProviderServiceException,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ExpiredCodeException,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import type { AppClient } from "./app-client";

/** What Cognito did not accept, in words for the person at the form. */
export class AccountError extends Error {}

/** Errors whose message is for the person. Cognito gives the last one only where the client's PreventUserExistenceErrors is LEGACY. */
const SHOWN = [
  "InvalidParameterException",
  "InvalidPasswordException",
  "LimitExceededException",
  "NotAuthorizedException",
  "PasswordHistoryPolicyViolationException",
  "TooManyFailedAttemptsException",
  "TooManyRequestsException",
  "UserNotFoundException",
];

/** People's accounts, through the calls of Cognito's API that need no credentials. */
export class Accounts {
  constructor(private readonly cognito: CognitoIdentityProviderClient) {}

  /**
   * @returns whether the account needs no confirmation
   * @throws AccountError
   */
  signUp(client: AppClient, username: string, password: string): Promise<boolean> {
    return explained(async () => {
      const { UserConfirmed } = await this.cognito.send(new SignUpCommand({ ClientId: client.id, Username: username, Password: password }));
      return UserConfirmed === true;
    });
  }

  /** @throws AccountError */
  confirm(client: AppClient, username: string, code: string): Promise<unknown> {
    return explained(() =>
      this.cognito.send(new ConfirmSignUpCommand({ ClientId: client.id, Username: username, ConfirmationCode: code })),
    );
  }

  /** @throws AccountError */
  resendCode(client: AppClient, username: string): Promise<unknown> {
    return explained(() => this.cognito.send(new ResendConfirmationCodeCommand({ ClientId: client.id, Username: username })));
  }

  /** @throws AccountError */
  forgotPassword(client: AppClient, username: string): Promise<unknown> {
    return explained(() => this.cognito.send(new ForgotPasswordCommand({ ClientId: client.id, Username: username })));
  }

  /** @throws AccountError */
  resetPassword(client: AppClient, username: string, code: string, password: string): Promise<unknown> {
    return explained(() =>
      this.cognito.send(
        new ConfirmForgotPasswordCommand({ ClientId: client.id, Username: username, ConfirmationCode: code, Password: password }),
      ),
    );
  }
}

async function explained<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof UsernameExistsException) {
      throw new AccountError("An account with the given email already exists.", { cause: error });
    }
    // One sentence for both: the emulator tells a wrong code from one that was never sent, which tells who has an account.
    if (error instanceof CodeMismatchException || error instanceof ExpiredCodeException) {
      throw new AccountError("Invalid verification code provided, please try again.", { cause: error });
    }
    if (error instanceof CognitoIdentityProviderServiceException && SHOWN.includes(error.name)) {
      throw new AccountError(error.message, { cause: error });
    }
    throw error;
  }
}
