import { accountsEn } from './users/messages.en.ts'
import { approveEn } from './approve/messages.en.ts'
import { ledgerEn } from './ledger/messages.en.ts'
import { auditEn } from './audit/messages.en.ts'
import { booksEn } from './reconciliation/messages.en.ts'
import { couponsEn } from './coupons/messages.en.ts'
import { deskEn } from './dashboard/messages.en.ts'
import { filterFormEn } from './filter-form/messages.en.ts'
import { firstStepsEn } from './first-steps/messages.en.ts'
import { inboxEn } from './inbox/messages.en.ts'
import { papersEn } from './documents/messages.en.ts'
import { keysEn } from './keys/messages.en.ts'
import { lettersEn } from './settings/letters/messages.en.ts'
import { refusedEn } from './settings/refused/messages.en.ts'
import { limitsEn } from './settings/limits/messages.en.ts'
import { manageEn } from './events/messages.en.ts'
import { membersEn } from './members/messages.en.ts'
import { salesEn } from './orders/messages.en.ts'
import { statusDeskEn } from './status/messages.en.ts'
import { packagesEn } from './packages/messages.en.ts'
import { photoDeskEn } from './photos/messages.en.ts'
import { peopleEn } from './people/messages.en.ts'
import { queuesEn } from './queues/messages.en.ts'
import { reportsEn } from './reports/messages.en.ts'
import { revenueEn } from './revenue/messages.en.ts'
import { payingEn } from './payouts/messages.en.ts'
import { sellerEn } from './seller/messages.en.ts'
import { splitEn } from './split/messages.en.ts'
import { studioEn } from './studio-settings/messages.en.ts'
import { studiosEn } from './studios/messages.en.ts'
import { settingsEn } from './settings/messages.en.ts'

export const words = {
  accounts: accountsEn,
  approve: approveEn,
  audit: auditEn,
  ledger: ledgerEn,
  books: booksEn,
  coupons: couponsEn,
  desk: deskEn,
  filterForm: filterFormEn,
  firstSteps: firstStepsEn,
  inbox: inboxEn,
  keys: keysEn,
  letters: lettersEn,
  limits: limitsEn,
  manage: manageEn,
  members: membersEn,
  statusDesk: statusDeskEn,
  papers: papersEn,
  packages: packagesEn,
  people: peopleEn,
  photoDesk: photoDeskEn,
  queues: queuesEn,
  refused: refusedEn,
  reports: reportsEn,
  revenue: revenueEn,
  sales: salesEn,
  paying: payingEn,
  seller: sellerEn,
  settings: settingsEn,
  split: splitEn,
  studio: studioEn,
  studios: studiosEn,
}
