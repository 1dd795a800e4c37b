import type { Dashboard } from '@pix/contracts/dashboard.ts'

/** Something that waits, and the page on which it is decided. */
interface Need {
  /** A key of the words: a kind of the inbox, or photos. */
  label: string
  count: number
  to: string
}

/** What waits for a person, the most first; kinds without anything are left out. */
export function needsOf({ photos, askedBack, inbox, events }: Dashboard): Need[] {
  const first = events.find(event => event.waiting > 0)
  const only = first && first.waiting === photos.waiting
  const ofInbox = (inbox ?? []).map(({ kind, count }) => ({
    label: `inbox.kind.${kind}`,
    count,
    to: `/admin/inbox?kind=${kind}`,
  }))
  const ofPhotos = [
    { label: 'desk.waiting', count: photos.waiting, to: only ? `/admin/events/${first.id}/approve` : '/admin/approve' },
    // A person who has the inbox sees the failed photos there.
    { label: 'desk.failedPhotos', count: inbox === null ? photos.failed : 0, to: '/admin/events' },
  ]
  // Refunds stand in the inbox, too.
  const ofOrders = [
    { label: 'desk.askedBack', count: inbox === null ? askedBack : 0, to: '/admin/orders?has=refund_asked' },
  ]
  return [...ofPhotos, ...ofOrders, ...ofInbox].filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
}
