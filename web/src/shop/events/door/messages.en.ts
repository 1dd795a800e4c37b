import type { Translated } from '../../../base/i18n/translated.ts'
import type { doorTh } from './messages.th.ts'

export const doorEn: Translated<typeof doorTh> = {
  title: 'Do you have a code for this event?',
  text: 'Some events open only to people who got a code from the organizer. Once you enter it, this browser can open the event.',
  label: 'Code of the event',
  hint: 'Capitals and spaces make no difference',
  open: 'Open the event',
  missing: 'Enter the code first',
  wrong: 'This code opens no event at this address. Check the code and the link with the organizer',
  tooMany: 'Too many wrong codes came from this network. Try again in an hour',
}
