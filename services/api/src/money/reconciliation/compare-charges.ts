import { cameIn } from '@pix/db/receipt-amount.ts'
import { orders } from '@pix/db/schema/orders.ts'
import { gatewayEvents, payments, receipts } from '@pix/db/schema/payments.ts'
import { and, asc, eq, gt, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { bangkokDayOf, withinDays } from '../../base/bangkok-days.ts'
import type { Context } from '../../base/context.ts'
import { askAboutCharge, askAboutPayment, ROUNDING_LIMIT, SURPLUS, TRANSFER } from '../payments/index.ts'
import { type Findings, noteDifference } from './found-differences.ts'

/** Rows that are read at once: a day may have many. */
const PIECE = 200
/** Questions to gateways at the same time. */
const AT_ONCE = 5

/** SQL: the payment is not final. Its gateway is asked about it, whatever its day is. */
const isOpen = inArray(payments.state, ['pending', 'expired'])

export interface Asked {
  charges: number
  unanswered: number
}

/** One comparison while it runs. */
export interface Run {
  findings: Findings
  /** Payments whose gateways were asked: once is enough. */
  asked: Set<string>
  /** Says that it is alive. */
  renew: () => Promise<void>
}

/** Charges of any day that are not final, as their gateways say it now. */
export async function compareOpenCharges(ctx: Context, run: Run, day: string): Promise<Asked> {
  const asked = { charges: 0, unanswered: 0 }
  await comparePayments(ctx, run, isOpen, asked, day)
  return asked
}

/** Charges of this day that this run did not ask about, as their gateways say it now, and its announcements. */
export async function compareCharges(ctx: Context, run: Run, day: string): Promise<Asked> {
  const asked = { charges: 0, unanswered: 0 }
  const ofDay = or(
    withinDays(payments.createdAt, { from: day, to: day }),
    withinDays(payments.completedAt, { from: day, to: day }),
  )
  await comparePayments(ctx, run, ofDay, asked, day)
  await compareAnnounced(ctx, run.findings, day, asked)
  return asked
}

async function comparePayments(
  ctx: Context,
  run: Run,
  which: SQL | undefined,
  asked: Asked,
  day: string,
): Promise<void> {
  let after: string | null = null
  for (;;) {
    const some = await paymentsAfter(ctx, which, after)
    const fresh = some.filter(({ id }) => !run.asked.has(id))
    for (const { id } of fresh) run.asked.add(id)
    for (let from = 0; from < fresh.length; from += AT_ONCE)
      await Promise.all(
        fresh.slice(from, from + AT_ONCE).map(row => comparePayment(ctx, run.findings, row, asked, day)),
      )
    await run.renew()
    if (some.length < PIECE) return
    after = some.at(-1)!.id
  }
}

const paymentsAfter = ({ db }: Context, which: SQL | undefined, after: string | null) =>
  db
    .select({
      id: payments.id,
      gateway: payments.gateway,
      transId: payments.transId,
      state: payments.state,
      reference: payments.ref1,
      amount: payments.amountDue,
      order: orders.number,
      day: bangkokDayOf(sql`coalesce(${payments.completedAt}, ${payments.createdAt})`),
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        which,
        isNotNull(payments.transId),
        ne(payments.gateway, TRANSFER),
        after === null ? undefined : gt(payments.id, after),
      ),
    )
    .orderBy(asc(payments.id))
    .limit(PIECE)

type PaymentRow = Awaited<ReturnType<typeof paymentsAfter>>[number]

async function comparePayment(
  ctx: Context,
  findings: Findings,
  { gateway, transId, state, reference, amount, order, ...row }: PaymentRow,
  asked: Asked,
  day: string,
): Promise<void> {
  asked.charges += 1
  const subject = `${gateway}:${transId}`
  const status = await askAboutPayment(ctx, row.id)
  if (status === null) {
    asked.unanswered += 1
    findings.unknown.add(subject)
    return
  }
  const receipt = await receiptOf(ctx, gateway, transId!)
  const facts = { gatewayState: status, ourState: state, ourAmount: receipt?.amount ?? amount, reference, order }
  if (status === 'completed' && !receipt)
    await noteDifference(ctx, findings, { kind: 'charge_without_receipt', subject, day: row.day ?? day, facts })
  if (status !== 'completed' && receipt)
    await noteDifference(ctx, findings, { kind: 'receipt_without_charge', subject, day: row.day ?? day, facts })
}

async function receiptOf({ db }: Context, gateway: string, transId: string) {
  const [found] = await db
    .select({ amount: receipts.amount })
    .from(receipts)
    .where(and(eq(receipts.gateway, gateway), eq(receipts.transId, transId)))
  return found
}

/** Announcements of the day: of charges that no payment knows, and of other amounts than were taken in. */
async function compareAnnounced(ctx: Context, findings: Findings, day: string, asked: Asked): Promise<void> {
  let after: string | null = null
  for (;;) {
    const some: Announced[] = await announcedAfter(ctx, day, after)
    for (const event of some) await compareEvent(ctx, findings, event, asked, day)
    if (some.length < PIECE) return
    after = some.at(-1)!.id
  }
}

interface Announced {
  id: string
  gateway: string
  transId: string
  payload: Buffer
  paymentId: string | null
  receiptId: string | null
  /** Less what was announced short. */
  amount: number | null
  short: number | null
  /** What the charge brought beyond its receipt, kept apart. */
  surplus: number | null
}

const surplus = alias(receipts, 'surplus')

const announcedAfter = ({ db }: Context, day: string, after: string | null): Promise<Announced[]> =>
  db
    .select({
      id: gatewayEvents.id,
      gateway: gatewayEvents.gateway,
      transId: gatewayEvents.transId,
      payload: gatewayEvents.payload,
      paymentId: payments.id,
      receiptId: receipts.id,
      amount: cameIn,
      short: receipts.short,
      surplus: surplus.amount,
    })
    .from(gatewayEvents)
    .leftJoin(payments, and(eq(payments.gateway, gatewayEvents.gateway), eq(payments.transId, gatewayEvents.transId)))
    .leftJoin(receipts, and(eq(receipts.gateway, gatewayEvents.gateway), eq(receipts.transId, gatewayEvents.transId)))
    .leftJoin(
      surplus,
      and(eq(surplus.gateway, gatewayEvents.gateway), eq(surplus.transId, sql`${gatewayEvents.transId} || ${SURPLUS}`)),
    )
    .where(
      and(
        withinDays(gatewayEvents.receivedAt, { from: day, to: day }),
        or(isNotNull(receipts.id), isNull(payments.id)),
        after === null ? undefined : gt(gatewayEvents.id, after),
      ),
    )
    .orderBy(asc(gatewayEvents.id))
    .limit(PIECE)

async function compareEvent(
  ctx: Context,
  findings: Findings,
  { gateway, transId, payload, receiptId, ...took }: Announced,
  asked: Asked,
  day: string,
): Promise<void> {
  const subject = `${gateway}:${transId}`
  const said = ctx.gateways.get(gateway)?.readAnnouncement(payload)
  if (receiptId !== null) {
    const amount = took.amount === null ? null : took.amount + (took.surplus ?? 0)
    // The books are right after a shortfall, but beyond the rounding somebody got photos for too little.
    const isShort = (took.short ?? 0) > ROUNDING_LIMIT
    const differs = said?.amount != null && amount !== null && (said.amount !== amount || isShort)
    const credited = isShort ? took.amount! + took.short! : amount
    const facts = { gatewayAmount: said?.amount ?? null, ourAmount: credited, reference: said?.ref1 ?? null }
    if (differs) await noteDifference(ctx, findings, { kind: 'other_amount', subject, day, facts })
    return
  }
  asked.charges += 1
  const status = await askAboutCharge(ctx, gateway, transId)
  if (status === null) {
    asked.unanswered += 1
    findings.unknown.add(subject)
  }
  if (status !== 'completed') return
  const facts = { gatewayState: status, gatewayAmount: said?.amount ?? null, reference: said?.ref1 ?? null }
  await noteDifference(ctx, findings, { kind: 'charge_without_receipt', subject, day, facts })
}
