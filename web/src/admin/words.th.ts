import { accountsTh } from './users/messages.th.ts'
import { approveTh } from './approve/messages.th.ts'
import { ledgerTh } from './ledger/messages.th.ts'
import { auditTh } from './audit/messages.th.ts'
import { booksTh } from './reconciliation/messages.th.ts'
import { couponsTh } from './coupons/messages.th.ts'
import { deskTh } from './dashboard/messages.th.ts'
import { filterFormTh } from './filter-form/messages.th.ts'
import { firstStepsTh } from './first-steps/messages.th.ts'
import { inboxTh } from './inbox/messages.th.ts'
import { papersTh } from './documents/messages.th.ts'
import { keysTh } from './keys/messages.th.ts'
import { lettersTh } from './settings/letters/messages.th.ts'
import { refusedTh } from './settings/refused/messages.th.ts'
import { limitsTh } from './settings/limits/messages.th.ts'
import { manageTh } from './events/messages.th.ts'
import { membersTh } from './members/messages.th.ts'
import { salesTh } from './orders/messages.th.ts'
import { statusDeskTh } from './status/messages.th.ts'
import { packagesTh } from './packages/messages.th.ts'
import { photoDeskTh } from './photos/messages.th.ts'
import { peopleTh } from './people/messages.th.ts'
import { queuesTh } from './queues/messages.th.ts'
import { reportsTh } from './reports/messages.th.ts'
import { revenueTh } from './revenue/messages.th.ts'
import { payingTh } from './payouts/messages.th.ts'
import { sellerTh } from './seller/messages.th.ts'
import { splitTh } from './split/messages.th.ts'
import { studioTh } from './studio-settings/messages.th.ts'
import { studiosTh } from './studios/messages.th.ts'
import { settingsTh } from './settings/messages.th.ts'

export const words = {
  accounts: accountsTh,
  approve: approveTh,
  audit: auditTh,
  ledger: ledgerTh,
  books: booksTh,
  coupons: couponsTh,
  desk: deskTh,
  filterForm: filterFormTh,
  firstSteps: firstStepsTh,
  inbox: inboxTh,
  keys: keysTh,
  letters: lettersTh,
  limits: limitsTh,
  manage: manageTh,
  members: membersTh,
  statusDesk: statusDeskTh,
  papers: papersTh,
  packages: packagesTh,
  people: peopleTh,
  photoDesk: photoDeskTh,
  queues: queuesTh,
  refused: refusedTh,
  reports: reportsTh,
  revenue: revenueTh,
  sales: salesTh,
  paying: payingTh,
  seller: sellerTh,
  settings: settingsTh,
  split: splitTh,
  studio: studioTh,
  studios: studiosTh,
}
