import type { InboxLine, listInbox } from '@pix/contracts/inbox.ts'
import { outgoingMail, suppressedAddresses } from '@pix/db/schema/letters.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { addPaidOrder } from '../../testing/paid-order.ts'
import type { TestApp } from '../../testing/test-app.ts'

type Page = z.output<(typeof listInbox.schema.response)[200]>

/** The inbox as admins use it. */
export async function inboxOf(t: TestApp, admin?: { headers: Record<string, string> }) {
  const { headers } = admin ?? (await t.user('admin'))
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) =>
    t.app.inject({ method, url: `/api/admin/inbox${path}`, headers, ...(payload && { payload }) })
  return {
    ask,
    read: async (query: Record<string, string> = {}): Promise<Page> =>
      (await ask('GET', `?${new URLSearchParams(query)}`)).json(),
    count: async (): Promise<number> => (await ask('GET', '/count')).json().count,
    take: ({ kind, id }: Pick<InboxLine, 'kind' | 'id'>, from: string | null = null) =>
      ask('PUT', `/${kind}/${id}/taker`, { from }),
    leave: ({ kind, id }: Pick<InboxLine, 'kind' | 'id'>, reason = 'known') =>
      ask('POST', `/${kind}/${id}/leave`, { reason }),
  }
}

/** A paid order, and its letter that was refused. */
export async function addRefusedLetter(t: TestApp, recipient = 'Gone@Shop.test', givenUpAt = t.deps.now()) {
  const [event, photographer, visitor] = [await t.event(), await t.user('photographer'), await t.visitor()]
  const photo = await t.photo(event.id, photographer.id)
  const orderId = await addPaidOrder(t.db, visitor.sessionId, [photo])
  const mailId = t.deps.newId()
  const answer = '550 5.1.1 no such user'
  await t.db.insert(outgoingMail).values({
    id: mailId,
    template: 'order_paid',
    locale: 'th',
    recipient,
    facts: { number: 'PX-2026-000001' },
    path: `/checkout/success/${orderId}`,
    dedupeKey: `order_paid:${orderId}`,
    attempts: 1,
    nextTryAt: null,
    givenUp: 'refused',
    givenUpAt,
    lastAnswer: answer,
  })
  await t.db.update(orders).set({ letterId: mailId }).where(eq(orders.id, orderId))
  await t.db
    .insert(suppressedAddresses)
    .values({ address: recipient.toLowerCase(), reason: answer, suppressedAt: givenUpAt, mailId })
    .onConflictDoNothing()
  return { orderId, mailId, answer, visitor, photo }
}
