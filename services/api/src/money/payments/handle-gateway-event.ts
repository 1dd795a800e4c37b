import { gatewayEvents, payments } from '@pix/db/schema/payments.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Deps } from '../../base/deps.ts'
import { confirmPayment } from './confirm-payment.ts'
import { type Announcement, GatewayUnavailable } from '../../base/payment-gateway.ts'
import { keepSecondCharge, keepUnknownCharge } from './keep-money.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** No `create` runs so long: from then on nobody will know what an unknown charge was for. */
const UNKNOWN_MS = 15 * 60_000

/**
 * Does what a stored announcement asks for. Until that has an outcome it is tried again, for 24 h: the gateway may not
 * yet agree, or may have overtaken our own commit of `create` (spec/40); for 7 days while it cannot be asked at all.
 */
export async function handleGatewayEvent(deps: Deps, eventId: string): Promise<void> {
  const [event] = await deps.db
    .select()
    .from(gatewayEvents)
    .where(and(eq(gatewayEvents.id, eventId), isNull(gatewayEvents.handledAt)))
  if (!event) return
  const at = deps.now()
  const ageMs = at.getTime() - event.receivedAt.getTime()
  const announcement = deps.gateway.readAnnouncement(event.payload)
  let limitMs = DAY_MS
  const outcome = await apply(deps, announcement, ageMs).catch((error: unknown) => {
    deps.log.warn({ err: error, eventId }, 'an announcement could not be applied now')
    if (!(error instanceof GatewayUnavailable && error.refused)) limitMs = WEEK_MS
    return null
  })
  const settled = outcome ?? (ageMs > limitMs ? giveUp(deps, eventId, announcement) : null)
  await deps.db
    .update(gatewayEvents)
    .set(
      settled
        ? { handledAt: at, outcome: settled, nextTryAt: null }
        : { nextTryAt: new Date(at.getTime() + Math.min(600_000, Math.max(3_000, ageMs / 4))) },
    )
    .where(eq(gatewayEvents.id, eventId))
}

const saysPaid = ({ status }: Announcement): boolean => status !== 'pending' && status !== 'failed'

function giveUp({ log }: Deps, eventId: string, announcement: Announcement): string {
  if (!saysPaid(announcement)) return 'never_paid'
  const { transId, ref1, amount } = announcement
  log.error({ eventId, transId, ref1, amount }, 'an announcement of money was given up: the gateway never confirmed it')
  return 'given_up'
}

/** Null when there is no outcome yet. */
async function apply(deps: Deps, announcement: Announcement, ageMs: number): Promise<string | null> {
  const { transId, ref1, amount } = announcement
  const payment = await paymentOf(deps, announcement)
  if (payment && payment.transId === transId) {
    if (ref1 !== null && ref1 !== payment.ref1) return 'disagrees'
    const confirmation = await confirmPayment(deps, payment.id)
    return confirmation === 'pending' && saysPaid(announcement) ? null : confirmation
  }
  if (!payment && ageMs < UNKNOWN_MS) return null
  if ((await deps.gateway.check(transId)) !== 'completed') return null
  if (!payment) {
    await keepUnknownCharge(deps, transId, amount)
    return 'unknown_charge'
  }
  await keepSecondCharge(deps, payment.id, transId, amount)
  await deps.live.publish(`payment:${payment.id}`)
  return 'second_payment'
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
