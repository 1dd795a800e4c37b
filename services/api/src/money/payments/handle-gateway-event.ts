import { gatewayEvents, payments } from '@pix/db/schema/payments.ts'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../base/context.ts'
import { confirmPayment } from './confirm-payment.ts'
import { type Announcement, GatewayUnavailable } from '../../base/payment-gateway.ts'
import { gatewayOf } from './gateways/find-gateway.ts'
import { type Announced, keepSecondCharge, keepSurplus, keepUnknownCharge } from './keep-money.ts'
import { noteShortfall } from './note-shortfall.ts'
import { ROUNDING_LIMIT } from './rounding-limit.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS
/** No `create` runs this long: after it, nobody will know what an unknown charge was for. */
const UNKNOWN_MS = 15 * 60_000

/**
 * Acts on a stored announcement. Until it has an outcome it is tried again, for 24 h, since the gateway may not agree
 * yet, or may have overtaken our own commit of `create` (spec/40). While the gateway cannot be asked at all it is tried
 * for 7 days.
 */
export async function handleGatewayEvent(ctx: Context, eventId: string): Promise<void> {
  const [event] = await ctx.db
    .select()
    .from(gatewayEvents)
    .where(and(eq(gatewayEvents.id, eventId), isNull(gatewayEvents.handledAt)))
  if (!event) return
  const at = ctx.now()
  const ageMs = at.getTime() - event.receivedAt.getTime()
  let limitMs = DAY_MS
  const outcome = await apply(ctx, event, ageMs).catch((error: unknown) => {
    ctx.log.warn({ err: error, eventId }, 'an announcement could not be applied now')
    if (!(error instanceof GatewayUnavailable && error.refused)) limitMs = WEEK_MS
    return null
  })
  const settled = outcome ?? (ageMs > limitMs ? giveUp(ctx, event) : null)
  await ctx.db
    .update(gatewayEvents)
    .set(
      settled
        ? { handledAt: at, outcome: settled, nextTryAt: null }
        : { nextTryAt: new Date(at.getTime() + Math.min(600_000, Math.max(3_000, ageMs / 4))) },
    )
    .where(eq(gatewayEvents.id, eventId))
}

type Event = typeof gatewayEvents.$inferSelect

const saysPaid = ({ status }: Pick<Event, 'status'>): boolean => status !== 'pending' && status !== 'failed'

function giveUp({ log, gateways }: Context, event: Event): string {
  if (!saysPaid(event)) return 'never_paid'
  const { id: eventId, gateway, transId } = event
  const said = gateways.get(gateway)?.readAnnouncement(event.payload)
  log.error(
    { eventId, gateway, transId, ref1: said?.ref1, amount: said?.amount },
    'an announcement of money was given up: the gateway never confirmed it',
  )
  return 'given_up'
}

/** Null when there is no outcome yet. */
async function apply(ctx: Context, event: Event, ageMs: number): Promise<string | null> {
  const gateway = gatewayOf(ctx, event)
  const announcement = gateway.readAnnouncement(event.payload)
  const { transId, ref1, amount } = announcement
  const payment = await paymentOf(ctx, gateway.name, announcement)
  const charge = { gateway: gateway.name, transId, amount }
  if (payment && payment.transId === transId) {
    if (ref1 !== null && ref1 !== payment.ref1) return 'disagrees'
    const confirmation = await confirmPayment(ctx, payment.id)
    if (confirmation === 'repeated' && saysPaid(event)) return bookRest(ctx, payment.id, charge)
    return confirmation === 'pending' && saysPaid(event) ? null : confirmation
  }
  if (!payment && ageMs < UNKNOWN_MS) return null
  if ((await gateway.check(transId)) !== 'completed') return null
  if (!payment) {
    await keepUnknownCharge(ctx, charge)
    return 'unknown_charge'
  }
  await keepSecondCharge(ctx, payment.id, charge)
  await ctx.live.publish(`payment:${payment.id}`)
  return 'second_payment'
}

/** A payment that was credited before may have brought more or less than it was credited with. */
async function bookRest(ctx: Context, paymentId: string, charge: Announced): Promise<string> {
  if (await noteShortfall(ctx, paymentId, charge)) return 'shortfall'
  if (!(await keepSurplus(ctx, paymentId, charge))) return 'repeated'
  await ctx.live.publish(`payment:${paymentId}`)
  return 'surplus'
}

/**
 * Finds the attempt by the charge, else by our reference. An attempt that never got the answer with its charge takes
 * the charge from here.
 */
async function paymentOf({ db, now }: Context, name: string, { transId, ref1, amount }: Announcement) {
  const find = async (where: ReturnType<typeof and>) => (await db.select().from(payments).where(where))[0]
  const byCharge = await find(and(eq(payments.gateway, name), eq(payments.transId, transId)))
  if (byCharge || ref1 === null) return byCharge
  const byReference = await find(and(eq(payments.gateway, name), eq(payments.ref1, ref1)))
  if (!byReference || byReference.transId !== null) return byReference

  const near = amount !== null && Math.abs(amount - byReference.amountAsked) <= ROUNDING_LIMIT
  await db
    .update(payments)
    .set({
      state: 'pending',
      transId,
      amountDue: near ? amount : byReference.amountAsked,
      nextCheckAt: now(),
    })
    .where(and(eq(payments.id, byReference.id), isNull(payments.transId)))
  return find(eq(payments.id, byReference.id))
}
