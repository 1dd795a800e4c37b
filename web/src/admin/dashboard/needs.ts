import type { Dashboard } from '@pix/contracts/dashboard.ts'

/** Something that waits, and the page on which it is decided. */
interface Need {
  /** A key of the words: a kind of the inbox, or photos. */
  label: string
  count: number
  to: string
}

/** @returns the one event that has all of these photos; undefined where there are several */
function onlyEvent(all: number, what: 'waiting' | 'failed', events: Dashboard['events']) {
  const first = events.find(event => event[what] > 0)
  return first !== undefined && first[what] === all ? first.id : undefined
}

/** What waits for a person, the most first; kinds without anything are left out. */
export function needsOf({ photos, askedBack, inbox, events }: Dashboard): Need[] {
  const [waiting, failed] = [onlyEvent(photos.waiting, 'waiting', events), onlyEvent(photos.failed, 'failed', events)]
  const ofInbox = (inbox ?? []).map(({ kind, count }) => ({
    label: `inbox.kind.${kind}`,
    count,
    to: `/admin/inbox?kind=${kind}`,
  }))
  const ofPhotos = [
    {
      label: 'desk.waiting',
      count: photos.waiting,
      to: waiting ? `/admin/events/${waiting}/approve` : '/admin/approve',
    },
    // A person who has the inbox sees the failed photos there.
    {
      label: 'desk.failedPhotos',
      count: inbox === null ? photos.failed : 0,
      to: failed ? `/admin/events/${failed}/photos?place=failed` : '/admin/photos?place=failed',
    },
  ]
  // Refunds stand in the inbox, too.
  const ofOrders = [
    { label: 'desk.askedBack', count: inbox === null ? askedBack : 0, to: '/admin/orders?has=refund_asked' },
  ]
  return [...ofPhotos, ...ofOrders, ...ofInbox].filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
}
