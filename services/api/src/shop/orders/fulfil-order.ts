import { orders } from '@pix/db/schema/orders.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { sendMail } from '@pix/jobs/mail.ts'
import { buildArchive } from '@pix/jobs/orders.ts'
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { lockOrder } from './lock-order.ts'
import { paidLetter } from './mark-paid.ts'
import { moveOrder } from './move-order.ts'

type FulfilDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'enqueue' | 'live'>

/** Hands a paid order over: rings for ZIP and mail, and says so. Safe to repeat; an order that is not paid is left. */
export async function fulfilOrder(deps: FulfilDeps, orderId: string): Promise<void> {
  const moved = await deps.db.transaction(async tx => {
    const order = await lockOrder(tx, deps, orderId)
    if (order?.status !== 'paid') return null
    await moveOrder(tx, order, 'fulfilled', { fulfilledAt: deps.now() })
    return order
  })
  if (!moved) return
  const mails = await deps.db
    .select({ mailId: outgoingMail.id })
    .from(outgoingMail)
    .where(and(eq(outgoingMail.dedupeKey, paidLetter(moved).dedupeKey), isNull(outgoingMail.sentAt)))
  // A bell that does not ring is no loss: the worker's sweep finds the rows.
  await deps.enqueue(buildArchive, { orderId })
  for (const mail of mails) await deps.enqueue(sendMail, mail)
  await deps.live.publish(`archive:${orderId}`)
}

/** Orders whose fulfilment died with its process. */
export async function fulfilLeftOver(deps: FulfilDeps): Promise<void> {
  const before = new Date(deps.now().getTime() - 5_000)
  const left = await deps.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.status, 'paid'), lt(orders.paidAt, before)))
    .limit(100)
  for (const { id } of left) await fulfilOrder(deps, id)
}
