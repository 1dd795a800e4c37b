import type { Translated } from '../base/i18n/translated.ts'
import type { pageTh } from './page-messages.th.ts'

export const pageEn: Translated<typeof pageTh> = {
  skip: 'Skip to content',
  offline: "You're offline. We carry on when you're back",
  pageComing: 'The next page is coming',
  brokenTitle: 'This page broke',
  brokenText: 'That is our mistake. Your cart and what you bought are safe. Try again',
  notLoadedTitle: 'This page did not load',
  notLoadedText: 'The connection may be down. We try again by ourselves when it is back',
  partMissing: 'That did not load. Check the connection and try again',
  noShopTitle: 'No shop has this address',
  noShopText: 'Check how the address is spelt, or see all events in the marketplace',
  toMarketplace: 'See all events',
  help: 'Help',
  toHome: 'Back to the start',
}
