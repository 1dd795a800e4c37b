import { ProblemError } from '@pix/contracts/client.ts'
import { i18n } from './i18n/index.ts'

/** Any failure as a sentence in the person's language; never a raw message. */
export function problemMessage(error: unknown): string {
  const { t, te } = i18n.global
  const key = `problems.${error instanceof ProblemError ? error.code : 'internal'}`
  return te(key) ? t(key) : t('problems.internal')
}
