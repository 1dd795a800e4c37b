import type { Translated } from '../../base/i18n/translated.ts'
import type { favouritesTh } from './messages.th.ts'

export const favouritesEn: Translated<typeof favouritesTh> = {
  title: 'Favourites',
  lead: 'Photos that you marked with a heart, to look at and decide later',
  failed: "We couldn't load your favourites",
  empty: 'No favourites yet',
  emptyText: 'Open a photo you like and press the heart. It is kept here, without an account',
  findEvent: 'Find an event',
  unseen: {
    withdrawn: '{photos} cannot be seen now: withdrawn from the sale, or their event is not in the shop any more',
    locked: '{photos} of an event with a code: open the event and enter its code to see them',
    elsewhere: '{photos} of other studios: they are shown in the shop of their studio',
  },
  closed: 'This event is not on sale now: for looking only',
  selected: '{photos} selected',
  none: 'Nothing selected',
  toCart: 'Add to cart {price}',
  offer: 'Cheapest: {offer}',
  selectAll: 'Select all',
  clear: 'Clear',
  removed: 'No longer a favourite',
  bringBack: 'Undo',
}
