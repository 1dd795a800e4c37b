import type { OrderHappening } from '@pix/contracts/admin-orders.ts'
import { i18n } from '../../base/i18n/index.ts'
import { actionWords } from '../audit/index.ts'

const { t, te } = i18n.global

/** The word of a catalogue where it has one, else the word itself: other programs and later releases have more. */
const known = (key: string, word: string): string => (te(key) ? t(key) : word)

function wordOf({ kind, word }: OrderHappening): string | null {
  if (word === null) return null
  if (kind === 'decision' || kind === 'by_buyer') return actionWords(word)
  if (kind === 'document') return known(`papers.kind.${word}`, word)
  if (kind === 'letter') return known(`inbox.letter.${word}`, word)
  if (kind === 'receipt') return known(`inbox.receipt.reason.${word}`, word)
  if (kind === 'refund_asked') return known(`inbox.refund.reason.${word}`, word)
  if (kind === 'refund_decided') return known(`sales.decided.${word}`, word)
  if (kind === 'cancelled') return known(`sales.reason.${word}`, word)
  return word
}

/** What is said below a happening: its word, how far it is, and the number or reference that people name. */
export function detailOf(happening: OrderHappening): string {
  const { kind, state, text } = happening
  const how = state === null ? null : known(`sales.state.${kind}.${state}`, state)
  return [wordOf(happening), how, text].filter(part => part !== null && part !== '').join(' · ')
}

/** Needs a person's attention: money that waits, a letter that did not arrive, a payment or a ZIP that failed. */
export const isAlarming = ({ state }: OrderHappening): boolean => state === 'waiting' || state === 'failed'
