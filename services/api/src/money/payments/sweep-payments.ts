import { gatewayEvents, payments } from '@pix/db/schema/payments.ts'
import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import { asSystem } from '@pix/db/tenant.ts'
import type { Context } from '../../base/context.ts'
import type { Deps } from '../../base/deps.ts'
import { expireOrder, ordersOutOfTime } from '../../shop/orders/index.ts'
import { confirmPayment } from './confirm-payment.ts'
import { handleGatewayEvent } from './handle-gateway-event.ts'
import { confirmationsTotal } from './metrics.ts'
import { hasWaitingSlip } from './slips/waiting-slips.ts'

const AT_ONCE = 20
const FIRST_MS = 3_000
const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS
/** An unanswered last check holds an order's expiry up no longer than this. */
const LAST_CHECK_LIMIT_MS = 120_000
/** An attempt that is older than this and has no answer has failed: its process died. */
const FAIL_CREATING_AFTER_MS = 60_000

/**
 * The wait before the next question: it doubles from 3 s to an hour, and stays at 3 s while somebody looks at the
 * payment.
 */
const waitMs = (checks: number): number => Math.min(HOUR_MS, FIRST_MS * 2 ** Math.min(checks, 20))

/** Asks the gateway about every payment that is due, also after its expiry, for 7 days; then it is abandoned. */
export async function reconcilePayments(deps: Deps): Promise<void> {
  const at = deps.now()
  const due = await deps.db.transaction(async tx => {
    const claimed = await tx
      .select()
      .from(payments)
      .where(lte(payments.nextCheckAt, at))
      .orderBy(asc(payments.nextCheckAt))
      .limit(AT_ONCE)
      .for('update', { skipLocked: true })
    const looked = await deps.live.followed(claimed.map(({ id }) => `payment:${id}` as const))
    for (const { id, checks } of claimed) {
      const nextCheckAt = new Date(at.getTime() + waitMs(looked.has(`payment:${id}`) ? 0 : checks))
      await tx
        .update(payments)
        .set({ nextCheckAt, checks: checks + 1 })
        .where(eq(payments.id, id))
    }
    return claimed
  })
  const ctx = asSystem(deps)
  await Promise.all(due.map(payment => askAgain(ctx, payment)))
}

async function askAgain(ctx: Context, payment: typeof payments.$inferSelect): Promise<void> {
  const outcome = await confirmPayment(ctx, payment.id).catch((error: unknown) => {
    confirmationsTotal.inc({ gateway: payment.gateway, outcome: 'unanswered' })
    ctx.log.warn({ err: error, paymentId: payment.id, gateway: payment.gateway }, 'the gateway could not be asked')
    return 'unanswered' as const
  })
  const abandoned = ctx.now().getTime() - payment.createdAt.getTime() > WEEK_MS
  if (!abandoned || (outcome !== 'pending' && outcome !== 'unanswered')) return
  await ctx.db
    .update(payments)
    .set({ state: 'abandoned', nextCheckAt: null })
    .where(and(eq(payments.id, payment.id), isNull(payments.completedAt)))
}

/** Announcements that have no outcome yet, and those whose process died. */
export async function retryGatewayEvents(deps: Deps): Promise<void> {
  const waiting = await deps.db
    .select({ id: gatewayEvents.id })
    .from(gatewayEvents)
    .where(and(isNull(gatewayEvents.handledAt), lte(gatewayEvents.nextTryAt, deps.now())))
    .orderBy(asc(gatewayEvents.nextTryAt))
    .limit(AT_ONCE)
  const ctx = asSystem(deps)
  for (const { id } of waiting) await handleGatewayEvent(ctx, id)
}

/** Ends unpaid orders whose QR ran out, after one last question to the gateway (spec/30); not while a slip waits. */
export async function expireOrders(deps: Deps): Promise<void> {
  const ctx = asSystem(deps)
  for (const order of await ordersOutOfTime(deps, hasWaitingSlip(deps.db))) {
    const late = deps.now().getTime() - order.expiresAt.getTime() > LAST_CHECK_LIMIT_MS
    if (!(await lastCheck(ctx, order.id)) && !late) continue
    if (await expireOrder(ctx, order.id, hasWaitingSlip(deps.db))) await expirePayments(ctx, order.id)
  }
}

/** False when the gateway did not answer. */
async function lastCheck(ctx: Context, orderId: string): Promise<boolean> {
  const open = await ctx.db
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.orderId, orderId), eq(payments.state, 'pending')))
  const answers = await Promise.allSettled(open.map(({ id }) => confirmPayment(ctx, id)))
  return answers.every(answer => answer.status === 'fulfilled')
}

/** The order's attempts go on being asked about: money may come late. */
async function expirePayments({ db, live }: Context, orderId: string): Promise<void> {
  const expired = await db
    .update(payments)
    .set({ state: 'expired' })
    .where(and(eq(payments.orderId, orderId), eq(payments.state, 'pending')))
    .returning({ id: payments.id })
  for (const { id } of expired) await live.publish(`payment:${id}`)
}

/** Attempts whose process died between its commit and the gateway's answer. */
export async function failUnanswered({ db, now }: Deps): Promise<void> {
  const before = new Date(now().getTime() - FAIL_CREATING_AFTER_MS)
  await db
    .update(payments)
    .set({ state: 'failed' })
    .where(and(eq(payments.state, 'creating'), lte(payments.createdAt, before)))
}
