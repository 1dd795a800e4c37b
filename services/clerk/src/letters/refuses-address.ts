/** What nodemailer says of a try that failed. */
export interface SmtpFailure {
  code?: string
  message?: string
  /** At which step: `RCPT TO`, `DATA`, `CONN`, `AUTH PLAIN`… */
  command?: string
  /** The server's answer, as it came. */
  response?: string
  responseCode?: number
}

/**
 * Enhanced status codes that are about the address (RFC 3463, RFC 7505): unknown, malformed, moved, no mail there,
 * closed, and not routed, which Microsoft gives for unknown. Other codes are about something else: 5.1.7 to 5.1.9 about
 * the sender, 5.2.2 about a mailbox that is full now, 5.7 about policy. An address must not be given up because our
 * server has a bad name today.
 */
const ENHANCED = /^5\.(?:1\.(?:0|1|2|3|4|5|6|10)|2\.[01]|4\.[14])$/
/** Codes that speak of the address where no enhanced one says more (RFC 5321, RFC 7504). */
const PLAIN: readonly (number | undefined)[] = [550, 551, 553, 556]

/** Whether an enhanced status code says that there is no such address, or that it takes no mail. */
export const speaksOfAddress = (status: string): boolean => ENHANCED.test(status)

/** Whether a mail server refused the address for good. Everything else may be better later, or is for us to mend. */
export function refusesAddress({ command, response = '', responseCode }: SmtpFailure): boolean {
  if (responseCode === undefined || responseCode < 500) return false
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  if (enhanced !== undefined && !enhanced.startsWith('5.0.')) {
    return speaksOfAddress(enhanced) && (command === 'RCPT TO' || command === 'DATA')
  }
  // After the whole letter, a refusal without such a code is about the letter's content.
  return command === 'RCPT TO' && PLAIN.includes(responseCode)
}
