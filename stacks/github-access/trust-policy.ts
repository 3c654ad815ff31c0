/** The issuer of the tokens of GitHub Actions, without its scheme: so IAM names the provider and the claims. */
export const ISSUER = "token.actions.githubusercontent.com";

/** The audience that aws-actions/configure-aws-credentials asks for. */
export const AUDIENCE = "sts.amazonaws.com";

/**
 * Lets jobs with one of these subjects take on a role.
 *
 * Audience and subject both decide, and both by StringEquals: the audience is the same in every repository of GitHub, and a subject with
 * a wildcard lets branches or repositories in that nobody thought of.
 *
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export function trustPolicy(providerArn: string, subjects: readonly string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: subjects } },
      },
    ],
  });
}
