/** A mail that the emulator has sent, as far as it is read here. */
export interface Mail {
  readonly To: readonly string[];
  readonly Subject: string;
  readonly BodyText: string;
  readonly BodyHtml: string;
  /** Seconds since 1970. */
  readonly Timestamp: number;
}

/** Where the emulator lists the mails that it has sent, as JSON. */
export function mailsUrl(emulatorUrl: string): string {
  return `${emulatorUrl}/_ministack/ses/messages`;
}

/** The mails in that list, oldest first. */
export function mailsIn(json: string): Mail[] {
  const { messages } = JSON.parse(json) as { messages: Readonly<Record<string, readonly Mail[]>> }; // by account
  return Object.values(messages)
    .flat()
    .sort((one, other) => one.Timestamp - other.Timestamp);
}
