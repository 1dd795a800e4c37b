import type { Translated } from '../../base/i18n/translated.ts'
import type { chooseTh } from './messages.th.ts'

export const chooseEn: Translated<typeof chooseTh> = {
  approve: {
    title: 'Which event do you want to review?',
    empty: 'Create an event first; photos from its photographers will wait for you here',
  },
  people: {
    title: 'Whose people do you want to see?',
    empty: 'Create an event first; the people in its photos will be here',
  },
  photos: {
    title: 'Which event’s photos do you want to manage?',
    empty: 'Create an event first; its photos will be here',
  },
  failedPhotos: {
    title: 'Photos that could not be processed',
    emptyTitle: 'No photo failed',
    empty: 'Photos that could not be processed are listed here by their event',
  },
  crew: {
    title: 'Events you organize',
    empty: 'When a studio invites you as the organizer of an event, it appears here',
  },
  own: {
    title: 'All events to which you send photos',
    empty: 'When an organizer invites you to an event, it appears here',
  },
  search: 'Look for an event by name',
  statusLabel: 'Status',
  anyStatus: 'Any',
  anyButArchived: 'Any but archived',
  look: 'Search',
  noneTitle: 'No event like this',
  noneText: 'Try other words or another status',
  everyEvent: 'Show all',
  all: 'All events',
  noEvent: 'This event cannot be opened',
  count: '{n} on sale',
  waiting: '{n} waiting',
  failedCount: '{n} failed',
  emptyTitle: 'No events yet',
  failed: 'The events could not be loaded',
  status: {
    planning: 'Draft',
    open: 'Taking photos',
    on_sale: 'On sale',
    closed: 'Closed',
    archived: 'Archived',
  },
}
