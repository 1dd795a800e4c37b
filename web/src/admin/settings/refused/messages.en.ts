import type { Translated } from '../../../base/i18n/translated.ts'
import type { refusedTh } from './messages.th.ts'

export const refusedEn: Translated<typeof refusedTh> = {
  title: 'Addresses that letters do not reach',
  lead: 'Their mail servers refused these addresses for good, so no letters are sent there any more',
  open: 'Addresses that letters do not reach',
  filters: 'Look for an address',
  search: 'E-mail address',
  searchHint: 'A part is enough',
  failed: 'The list could not be loaded',
  noneTitle: 'No address was refused',
  noneText: 'An address that its mail server does not know is shown here',
  notFoundTitle: 'No address fits',
  notFoundText: 'Try another word, or clear the search',
  address: 'Address',
  account: 'Account',
  answer: 'What the server said',
  letter: 'Letter that was refused',
  gone: 'Deleted',
  since: 'Since',
  act: 'What can be done',
  lift: 'Send there again',
  lifted: 'Letters are sent to {address} again. Those that were not sent wait at “Needs a person”',
  notLifted: 'The address could not be taken off the list',
}
