import type { Translated } from '../../base/i18n/translated.ts'
import type { stopLettersTh } from './messages.th.ts'

export const stopLettersEn: Translated<typeof stopLettersTh> = {
  title: 'No more e-mails of this kind',
  morning: 'The e-mail with your sales in the morning will not come any more.',
  firstSale: 'The e-mail about the first photo of an event that is sold will not come any more.',
  refused: 'The e-mail about photos that were not taken will not come any more.',
  stop: 'Stop these e-mails',
  done: 'They will not come any more',
  doneText: 'You can turn them on again where you choose your e-mails.',
  over: 'This link does not work any more',
  overText: 'Sign in, and choose which e-mails you get.',
  choose: 'Choose my e-mails',
}
