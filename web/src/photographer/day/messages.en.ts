import type { Translated } from '../../base/i18n/translated.ts'
import type { dayTh } from './messages.th.ts'

export const dayEn: Translated<typeof dayTh> = {
  title: 'My day',
  buyers: '{n} buyer today | {n} buyers today',
  noneToday: 'Nobody has bought today yet',
  toEarnings: 'My earnings',
  earnedToday: 'Earned today',
  soldToday: 'Sales today',
  week: 'Earned in 7 days',
  balance: 'Not yet paid out',
  lastSold: 'Sold last',
  events: 'My events',
  cut: 'These are {n} of your events: those that take or sell photos first, then the newest.',
  allEvents: 'All my events, with a search',
  noEvents: 'When an organizer invites you to an event, it appears here',
  noPhotos: 'You have no photos of this event yet',
  photos: 'My photos',
  upload: 'Upload',
  place: {
    processing: '{n} processing',
    waiting: '{n} awaiting approval',
    onSale: '{n} on sale',
    rejected: '{n} not taken',
    failed: '{n} could not be processed',
  },
  failed: 'This page could not be loaded',
}
