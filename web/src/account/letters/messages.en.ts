import type { Translated } from '../../base/i18n/translated.ts'
import type { stopLettersTh } from './messages.th.ts'

export const stopLettersEn: Translated<typeof stopLettersTh> = {
  title: 'Stop this letter?',
  morning: 'Then the e-mail with your sales in the morning does not come any more.',
  firstSale: 'Then the e-mail about the first photo of an event that is sold does not come any more.',
  refused: 'Then the e-mail about photos and files of cameras that were not taken does not come any more.',
  organized: 'Then the e-mail with the sales of your events in the morning does not come any more.',
  stop: 'Stop it',
  done: 'It will not come any more',
  doneText: 'You can turn it on again where you choose your e-mails.',
  over: 'This link does not work any more',
  overText: 'Sign in, and choose which e-mails you get.',
  choose: 'Choose my e-mails',
}
