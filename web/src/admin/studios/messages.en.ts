import type { Translated } from '../../base/i18n/translated.ts'
import type { studiosTh } from './messages.th.ts'

export const studiosEn: Translated<typeof studiosTh> = {
  title: 'Studios',
  lead: 'Who sells here',
  failed: 'The studios could not be loaded',
  notDone: 'That did not work',
  status: { active: 'Open', grace: 'Payment due', suspended: 'Suspended', closed: 'Closed' },
  suspend: 'Suspend',
  close: 'Close',
  reopen: 'Open again',
  keep: 'Keep as it is',
  members: 'Members',
  suspendTitle: 'Suspend {name}?',
  closeTitle: 'Close {name}?',
  stopText:
    'At once the studio can no longer upload, sell or invite, carts that hold its photos included. Downloads of what was paid, refunds and the rights of people go on',
  make: 'Add a studio',
  makeText: 'Its first owner is invited by mail, and takes care of the rest',
  slug: 'Address',
  slugHint: 'Small letters, figures and hyphens: the first part of the address of its shop',
  slugFault: 'Use 2 to 63 small letters, figures and hyphens, and no word that the platform uses itself',
  nameTh: 'Name in Thai',
  nameEn: 'Name in English',
  nameFault: 'Enter a name',
  owner: 'E-mail of its first owner',
  create: 'Make it and send the invitation',
  made: '{name} is there. An invitation goes to {email}',
}
