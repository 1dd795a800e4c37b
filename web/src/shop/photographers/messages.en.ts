import type { Translated } from '../../base/i18n/translated.ts'
import type { photographersTh } from './messages.th.ts'

export const photographersEn: Translated<typeof photographersTh> = {
  filter: 'Photos by photographer',
  everybody: 'All photographers',
  seePage: 'See the page of {name}',
  photographer: 'Photographer',
  eventCount: '{n} event | {n} events',
  events: 'Events',
  failed: "We couldn't load this page",
  missing: "We can't find this page",
  missingText: 'The photographer may have hidden it, or the link is not complete',
  noEvents: 'No event to see yet',
  noEventsText: 'Public events with their photos on sale will be here',
}
