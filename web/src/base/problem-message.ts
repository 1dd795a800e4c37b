import { ProblemError } from '@pix/contracts/client.ts'
import { formatMoment } from './i18n/format.ts'
import { i18n } from './i18n/index.ts'
import { serverNow } from './server-time.ts'

/** A refusal's code as a sentence; one that this page does not know yet as a general one, never as the code itself. */
export function problemText(code: string): string {
  const { t, te } = i18n.global
  return t(te(`problems.${code}`) ? `problems.${code}` : 'problems.internal')
}

/** Any failure as a sentence in the person's language, during maintenance with the time to try again; never a raw message. */
export function problemMessage(error: unknown): string {
  if (!(error instanceof ProblemError)) return problemText('internal')
  const { code, retryAfter } = error
  if (code !== 'maintenance' || retryAfter === undefined) return problemText(code)
  return `${problemText(code)} (${formatMoment(new Date(serverNow() + retryAfter * 1_000), true)})`
}
