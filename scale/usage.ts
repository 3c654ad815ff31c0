import { BYTES_A_GB, DAYS_A_MONTH, SECONDS_A_MONTH } from "./figure";
import type { Workload } from "./workload";

/**
 * X-Ray's default rule: the first request in each second, and five percent of the others.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html
 */
const TRACED_EACH_SECOND = 1;
const TRACED_SHARE = 0.05;

/** What a load uses of each service, in a month unless the name says otherwise. */
export function usageOf(load: Workload) {
  const requests = load.requestsPerSecond * SECONDS_A_MONTH;
  const gb = (bytesARequest: number) => (requests * bytesARequest) / BYTES_A_GB;
  const logGb = gb(load.accessLogBytes + load.functionLogBytes);
  const tracesASecond =
    Math.min(load.requestsPerSecond, TRACED_EACH_SECOND) + Math.max(load.requestsPerSecond - TRACED_EACH_SECOND, 0) * TRACED_SHARE;

  const activeUsers = (load.users * load.activePercent) / 100;
  const newUsers = (load.users * load.newUsersPercent) / 100;
  const signIns = activeUsers * load.signInsPerActiveUser;
  const inTheBusiestSecond = (monthly: number) => (monthly / SECONDS_A_MONTH) * load.signInPeak;

  return {
    requests,
    transferGb: gb(load.responseBytes),
    gbSeconds: (requests * load.functionMilliseconds * load.memoryMegabytes) / 1_000 / 1_024,
    accessLogGb: gb(load.accessLogBytes),
    functionLogGb: gb(load.functionLogBytes),
    /** In the long run: once logs are as old as they get. */
    storedLogGb: (logGb * (load.logRetentionDays / DAYS_A_MONTH) * load.logCompressionPercent) / 100,
    tracesASecond,
    traces: tracesASecond * SECONDS_A_MONTH,
    activeUsers,
    pageRequests: signIns * load.pageRequestsPerSignIn,
    mails: newUsers * load.mailsPerNewUser,
    mailsADay: (newUsers * load.mailsPerNewUser) / DAYS_A_MONTH,
    peak: {
      signIns: inTheBusiestSecond(signIns),
      pageRequests: inTheBusiestSecond(signIns * load.pageRequestsPerSignIn),
      tokenRequests: inTheBusiestSecond(signIns * load.tokenRequestsPerSignIn),
      // SignUp and ConfirmSignUp.
      signUps: inTheBusiestSecond(newUsers * 2),
    },
  };
}
