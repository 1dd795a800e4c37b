import type { EventDetail } from '@pix/contracts/events.ts'
import { scriptJson } from './script-json.ts'
import { type Locale, other } from './words.ts'

/** Who an event's page belongs to, and the absolute address of its picture. */
interface Around {
  origin: string
  locale: Locale
  image: string | undefined
}

/**
 * What search engines read about an event (schema.org, as JSON-LD). The shop sells photos and no tickets: it has no offers.
 */
export function eventData(event: EventDetail, { origin, locale, image }: Around): string {
  const name = event.name[locale] || event.name.th
  const second = event.name[other(locale)]
  const description = event.description[locale] || event.description.th
  return dataBlock({
    '@context': 'https://schema.org',
    '@type': 'Event',
    name,
    ...(second && second !== name && { alternateName: second }),
    ...(description && { description }),
    url: `${origin}/events/${event.slug}`,
    startDate: event.startsAt,
    endDate: event.endsAt,
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: {
      '@type': 'Place',
      name: event.venue,
      address: { '@type': 'PostalAddress', addressRegion: event.province, addressCountry: 'TH' },
    },
    ...(image && { image: [image] }),
    ...(event.organizerName && { organizer: { '@type': 'Organization', name: event.organizerName } }),
  })
}

const dataBlock = (data: object): string => `<script type="application/ld+json">${scriptJson(data)}</script>`
