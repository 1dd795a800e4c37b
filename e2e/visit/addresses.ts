import { login, me } from '@pix/contracts/auth.ts'
import { createClient } from '@pix/contracts/client.ts'
import { getEvent } from '@pix/contracts/events.ts'
import { listPayoutBatches } from '@pix/contracts/payouts.ts'
import { listPeople } from '@pix/contracts/people.ts'
import { listCrewPhotos } from '@pix/contracts/photos.ts'
import { listUsers } from '@pix/contracts/users.ts'

/** Where a page of the router is, `/events/:slug`; null where the installation has nothing that it could show. */
export type AddressOf = (path: string) => string | null

/** Ids of what a visitor has ordered before the pages are visited. */
export interface Shopping {
  /** It has been paid. */
  boughtOrder: string
  /** It has not been paid, and this payment of it has a QR. */
  waitingOrder: string
  waitingPayment: string
}

/**
 * Addresses of the demo's own things.
 *
 * @param shop the address of the shop, the slug of the event and who runs it
 * @param shopping what the visitor has ordered
 */
export async function findAddresses(
  shop: { url: string; event: string; admin: { email: string; password: string } },
  { boughtOrder, waitingOrder, waitingPayment }: Shopping,
): Promise<AddressOf> {
  const baseUrl = `${shop.url}/api`
  const { accessToken } = await createClient({ baseUrl }).call(login, { body: shop.admin })
  const admin = createClient({ baseUrl, headers: () => ({ authorization: `Bearer ${accessToken}` }) })
  const { id, photographers } = await admin.call(getEvent, { params: { id: shop.event } })
  const { memberships } = await admin.call(me, {})
  const studio = memberships[0]?.studio.id
  const first = { query: { limit: 1 } }
  const photo = (await admin.call(listCrewPhotos, { params: { id }, ...first })).items[0]
  const person = (await admin.call(listPeople, { params: { id }, ...first })).items[0]
  const user = (await admin.call(listUsers, first)).items[0]
  const batch = studio && (await admin.call(listPayoutBatches, { query: { studio, limit: 1 } })).items[0]
  const known: Record<string, string | undefined> = {
    '/p/:slug': `/p/${photographers.find(({ slug }) => slug)?.slug ?? 'nobody'}`,
    '/takedown/:photo': photo && `/takedown/${photo.id}`,
    '/help/:who': '/help/customers',
    '/privacy/:date': '/privacy/2026-11-26',
    '/terms/:date': '/terms/2026-11-26',
    '/checkout/payment/:id': `/checkout/payment/${waitingPayment}`,
    '/checkout/transfer/:id': `/checkout/transfer/${waitingOrder}`,
    '/checkout/success/:id': `/checkout/success/${boughtOrder}`,
    '/admin/events/:id/people/:person': person && `/admin/events/${id}/people/${person.id}`,
    '/admin/revenue/:id': '/admin/revenue',
    '/admin/orders/:id': `/admin/orders/${boughtOrder}`,
    '/admin/payouts/:id': batch && `/admin/payouts/${batch.id}`,
    '/admin/users/:id': user && `/admin/users/${user.id}`,
    '/admin/letters/:template': '/admin/letters/order_paid',
    '/:rest': '/no-such-page',
  }
  return path => {
    if (path in known) return known[path] ?? null
    const filled = path
      .replace('/events/:slug', `/events/${shop.event}`)
      .replace(/^(\/(?:admin|organizer|photographer)\/events)\/:id/, `$1/${id}`)
    return filled.includes(':') ? null : filled
  }
}
