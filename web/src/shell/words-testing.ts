import { words as accountEn } from '../account/words.en.ts'
import { words as accountTh } from '../account/words.th.ts'
import { words as adminEn } from '../admin/words.en.ts'
import { words as adminTh } from '../admin/words.th.ts'
import { i18n } from '../base/i18n/index.ts'
import { words as organizerEn } from '../organizer/words.en.ts'
import { words as organizerTh } from '../organizer/words.th.ts'
import { words as photographerEn } from '../photographer/words.en.ts'
import { words as photographerTh } from '../photographer/words.th.ts'
import { words as paymentsEn } from '../shop/checkout/payment/words.en.ts'
import { words as paymentsTh } from '../shop/checkout/payment/words.th.ts'
import { words as documentsEn } from '../shop/documents/words.en.ts'
import { words as documentsTh } from '../shop/documents/words.th.ts'
import { words as favouritesEn } from '../shop/favourites/words.en.ts'
import { words as favouritesTh } from '../shop/favourites/words.th.ts'
import { words as findEn } from '../shop/find-me/words.en.ts'
import { words as findTh } from '../shop/find-me/words.th.ts'
import { words as giftsEn } from '../shop/gifts/words.en.ts'
import { words as giftsTh } from '../shop/gifts/words.th.ts'
import { words as photographersEn } from '../shop/photographers/words.en.ts'
import { words as photographersTh } from '../shop/photographers/words.th.ts'
import { words as helpEn } from '../shop/help/words.en.ts'
import { words as statusEn } from '../shop/status/words.en.ts'
import { words as takedownEn } from '../shop/takedown/words.en.ts'
import { words as transferEn } from '../shop/transfer/words.en.ts'
import { words as helpTh } from '../shop/help/words.th.ts'
import { words as statusTh } from '../shop/status/words.th.ts'
import { words as takedownTh } from '../shop/takedown/words.th.ts'
import { words as transferTh } from '../shop/transfer/words.th.ts'
import { words as shopEn } from '../shop/words.en.ts'
import { words as shopTh } from '../shop/words.th.ts'
import { firstWords } from './first-words.ts'
import { words as shellEn } from './words.en.ts'
import { words as shellTh } from './words.th.ts'

/** The names that each part of the web brings sentences under. */
export const namespaces = {
  shell: Object.keys({ ...firstWords.th, ...shellTh }),
  shop: Object.keys({
    ...shopTh,
    ...paymentsTh,
    ...documentsTh,
    ...favouritesTh,
    ...findTh,
    ...transferTh,
    ...helpTh,
    ...statusTh,
    ...takedownTh,
    ...photographersTh,
    ...giftsTh,
  }),
  account: Object.keys(accountTh),
  // Its `problems` join those of the shell.
  photographer: Object.keys(photographerTh).filter(name => name !== 'problems'),
  organizer: Object.keys(organizerTh),
  admin: Object.keys(adminTh),
}

/** Every sentence of the web. */
export const th = {
  ...firstWords.th,
  ...shellTh,
  ...shopTh,
  ...paymentsTh,
  ...documentsTh,
  ...favouritesTh,
  ...findTh,
  ...transferTh,
  ...helpTh,
  ...statusTh,
  ...takedownTh,
  ...photographersTh,
  ...giftsTh,
  ...accountTh,
  ...photographerTh,
  ...organizerTh,
  ...adminTh,
  problems: { ...shellTh.problems, ...photographerTh.problems },
}
export const en = {
  ...firstWords.en,
  ...shellEn,
  ...shopEn,
  ...paymentsEn,
  ...documentsEn,
  ...favouritesEn,
  ...findEn,
  ...transferEn,
  ...helpEn,
  ...statusEn,
  ...takedownEn,
  ...photographersEn,
  ...giftsEn,
  ...accountEn,
  ...photographerEn,
  ...organizerEn,
  ...adminEn,
  problems: { ...shellEn.problems, ...photographerEn.problems },
}

// A test that reads sentences begins with `await import` of this file.
i18n.global.setLocaleMessage('th', th)
i18n.global.setLocaleMessage('en', en)
