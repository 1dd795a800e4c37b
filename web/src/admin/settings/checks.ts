import * as checks from '@pix/contracts/checks.ts'
import type { LetterName } from '@pix/contracts/letter-words.ts'
import { call } from '../../base/api.ts'
import { i18n, type Locale, locale } from '../../base/i18n/index.ts'
import type { Check } from './use-check.ts'

type Report = (check: Check) => void

const LOOK_MS = 1_500
/** A clerk that runs has sent the letter after so many looks, or said why not. */
const PATIENCE_LOOKS = 20

const { t } = i18n.global

/** Objects are written, read and deleted. */
export async function tryStorage(signal: AbortSignal, report: Report): Promise<void> {
  const { failedAt } = await call(checks.checkStorage, {}, { signal })
  if (failedAt === null) report({ status: 'passed', text: t('settings.storage.passed') })
  else report({ status: 'failed', text: t(`settings.storage.failed.${failedAt}`) })
}

/** Each gateway is asked about a charge that nobody made. */
export async function tryGateways(signal: AbortSignal, report: Report): Promise<void> {
  const { items } = await call(checks.checkGateways, {}, { signal })
  const bad = items.find(({ answer }) => answer !== 'answers')
  const names = items.map(({ name }) => name).join(', ')
  if (!bad) report({ status: 'passed', text: t('settings.gateway.passed', { names }) })
  else report({ status: 'failed', text: t(`settings.gateway.failed.${bad.answer}`, { name: bad.name }) })
}

/**
 * A letter goes the way of all letters; it has passed once the mail server took it.
 *
 * @param which the letter whose sample it is; without it one that says that letters work
 */
export async function tryLetters(
  signal: AbortSignal,
  report: Report,
  which: { locale: Locale; of?: LetterName } = { locale: locale.value },
): Promise<void> {
  let letter = await call(checks.sendTestLetter, { body: which }, { signal })
  for (let looks = 0; letter.state === 'queued'; looks += 1) {
    if (looks === PATIENCE_LOOKS) report({ status: 'waiting', text: t('settings.letter.waiting') })
    await new Promise(resolve => setTimeout(resolve, LOOK_MS))
    if (signal.aborted) return
    letter = await call(checks.getTestLetter, { params: { id: letter.id } }, { signal })
  }
  if (letter.state === 'sent') report({ status: 'passed', text: t('settings.letter.passed', { to: letter.to }) })
  else report({ status: 'failed', text: t('settings.letter.failed'), detail: letter.answer ?? undefined })
}
