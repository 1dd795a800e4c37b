import { gatewayEvents, payments } from '@pix/db/schema/payments.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { confirmPayment } from './confirm-payment.ts'
import { keepSecondCharge } from './credit-payment.ts'
import type { Announcement } from './gateway.ts'

const DAY_MS = 86_400_000

/**
 * Does what a stored announcement asks for. Until that has an outcome it is tried again, for 24 h: the gateway may be
 * away, may not yet agree, or may have overtaken our own commit of `create` (spec/40).
 */
export async function handleGatewayEvent(deps: Deps, eventId: string): Promise<void> {
  const [event] = await deps.db
    .select()
    .from(gatewayEvents)
    .where(and(eq(gatewayEvents.id, eventId), isNull(gatewayEvents.handledAt)))
  if (!event) return
  const outcome = await apply(deps, deps.gateway.readAnnouncement(event.payload)).catch((error: unknown) => {
    deps.log.warn({ err: error, eventId }, 'an announcement could not be applied now')
    return null
  })
  const at = deps.now()
  const ageMs = at.getTime() - event.receivedAt.getTime()
  const settled = outcome ?? (ageMs > DAY_MS ? 'given_up' : null)
  await deps.db
    .update(gatewayEvents)
    .set(
      settled
        ? { handledAt: at, outcome: settled, nextTryAt: null }
        : { nextTryAt: new Date(at.getTime() + Math.min(600_000, Math.max(3_000, ageMs / 4))) },
    )
    .where(eq(gatewayEvents.id, eventId))
}

/** Null when there is no outcome yet. */
async function apply(deps: Deps, announcement: Announcement): Promise<string | null> {
  const payment = await paymentOf(deps, announcement)
  if (!payment) return null
  if (payment.transId !== announcement.transId) {
    if ((await deps.gateway.check(announcement.transId)) !== 'completed') return null
    await keepSecondCharge(deps, payment.id, announcement.transId, announcement.amount)
    return 'second_payment'
  }
  if (announcement.ref1 !== null && announcement.ref1 !== payment.ref1) return 'disagrees'
  const confirmation = await confirmPayment(deps, payment.id)
  const saysPaid = announcement.status !== 'pending' && announcement.status !== 'failed'
  return confirmation === 'pending' && saysPaid ? null : confirmation
}

/** By the charge; else by our reference: an attempt that never heard of its charge adopts it. */
async function paymentOf(deps: Deps, { transId, ref1, amount }: Announcement) {
  const { name } = deps.gateway
  const find = async (where: ReturnType<typeof and>) => (await deps.db.select().from(payments).where(where))[0]
  const byCharge = await find(and(eq(payments.gateway, name), eq(payments.transId, transId)))
  if (byCharge || ref1 === null) return byCharge
  const byReference = await find(and(eq(payments.gateway, name), eq(payments.ref1, ref1)))
  if (!byReference || byReference.transId !== null) return byReference

  const near = amount !== null && Math.abs(amount - byReference.amountAsked) <= 100
  await deps.db
    .update(payments)
    .set({
      state: 'pending',
      transId,
      amountDue: near ? amount : byReference.amountAsked,
      nextCheckAt: deps.now(),
    })
    .where(and(eq(payments.id, byReference.id), isNull(payments.transId)))
  return find(eq(payments.id, byReference.id))
}
