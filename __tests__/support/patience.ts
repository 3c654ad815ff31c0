/**
 * How long a test waits for what takes seconds on a quiet machine, in milliseconds: a guard against hanging, not a measurement. Shorter than
 * jest's own (jest.config.mjs), so that the message says what did not come.
 */
export const PATIENCE = 300_000;
