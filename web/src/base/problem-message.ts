import { ProblemError } from '@pix/contracts/client.ts'
import { i18n } from './i18n/index.ts'

/** A refusal's code as a sentence; one that this page does not know yet as a general one, never as the code itself. */
export function problemText(code: string): string {
  const { t, te } = i18n.global
  return t(te(`problems.${code}`) ? `problems.${code}` : 'problems.internal')
}

/** Any failure as a sentence in the person's language; never a raw message. */
export const problemMessage = (error: unknown): string =>
  problemText(error instanceof ProblemError ? error.code : 'internal')
