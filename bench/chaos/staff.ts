import { setTimeout as sleep } from 'node:timers/promises'
import { applyReceipt, decideRefund, giveReceiptBack, transferRefund } from '@pix/contracts/inbox-money.ts'
import { type InboxLine, listInbox, takeLine } from '@pix/contracts/inbox.ts'
import { refuseSlip, slipArrived } from '@pix/contracts/transfers.ts'
import { insist, insistUnless, outcomeOf } from './insist.ts'
import type { SignedIn } from './signed-in.ts'
import type { Statement } from './statement.ts'

const KINDS = ['refund', 'slip', 'receipt'] as const
const PAUSE_MS = 3_000
/** One refund in so many is refused. */
const REFUSED = 7
/** How long kept money waits for its buyer to say what they want, before staff decide. */
const BUYER_FIRST_MS = 10_000
/** What says that somebody else, or this one before an answer was lost, has done it. */
const DONE = ['line_closed', 'taken_by_another', 'illegal_state']

export interface Desk {
  staff: SignedIn
  statement: Statement
}

/**
 * One of the shop's people works through the inbox until the signal that all customers are done, and then until it is
 * empty.
 */
export async function workInbox(desk: Desk, customersDone: AbortSignal): Promise<void> {
  for (;;) {
    const wasLast = customersDone.aborted
    let left = 0
    for (const kind of KINDS) {
      const { items } = await insist(() => desk.staff.call(listInbox, { query: { kind } }))
      left += items.length
      for (const line of items) await workOn(desk, line, wasLast)
    }
    if (wasLast && left === 0) return
    await sleep(PAUSE_MS)
  }
}

async function workOn(desk: Desk, line: InboxLine, isLast: boolean): Promise<void> {
  const params = { id: line.id, kind: line.kind }
  const from = line.taken?.by.id ?? null
  if (!(await insistUnless(DONE, () => desk.staff.call(takeLine, { params, body: { from } })))) return
  if (line.kind === 'refund') await refund(desk, line)
  else if (line.kind === 'slip') await lookForMoney(desk, line)
  else if (line.kind === 'receipt' && (isLast || Date.now() - Date.parse(line.since) > BUYER_FIRST_MS))
    await placeMoney(desk, line)
}

type LineOf<K extends InboxLine['kind']> = Extract<InboxLine, { kind: K }>

async function refund({ staff, statement }: Desk, { id, about }: LineOf<'refund'>): Promise<void> {
  const params = { id }
  const isRefused = about.photos > 0 && Number.parseInt(id.slice(-4), 16) % REFUSED === 0
  if (about.state === 'requested') {
    const decision = isRefused ? ('refused' as const) : ('approved' as const)
    const body = { decision, reason: isRefused ? 'the photo is good' : 'asked for' }
    const isOurs = await insistUnless(DONE, () => staff.call(decideRefund, { params, body }))
    if (!isOurs || isRefused) return
  }
  const amount = about.amount.amount
  statement.withdraw({ name: `refund ${id}`, kind: 'refund', of: id, amount, fate: 'arrives' })
  await insistUnless(DONE, () => staff.call(transferRefund, { params, body: { reference: `RB${id.slice(-8)}` } }))
}

/** What the statement shows is taken in, whatever is suspicious about it: the shop has to know better. */
async function lookForMoney({ staff, statement }: Desk, { id, about }: LineOf<'slip'>): Promise<void> {
  const params = { id }
  const { reference } = about
  const money = reference === null ? undefined : statement.find(reference)
  if (reference !== null && money !== undefined) {
    const amount = { amount: money.amount, currency: 'THB' as const }
    const body = { amount, arrivedAt: money.at.toISOString(), reference }
    const said = await outcomeOf(() => staff.call(slipArrived, { params, body }))
    // The money of QRs comes to another account here.
    const isOther = 'refused' in said && said.refused === 'money_taken_in'
    const outcome = isOther
      ? await outcomeOf(() => staff.call(slipArrived, { params, body: { ...body, isNotTakenIn: true } }))
      : said
    if ('answer' in outcome || DONE.includes(outcome.refused)) return statement.take(reference)
    if (outcome.refused === 'gateway_silent') return
  }
  await insistUnless(DONE, () => staff.call(refuseSlip, { params, body: { reason: 'no such money came' } }))
}

/** Kept money pays its order where it can, else it goes back. */
async function placeMoney({ staff }: Desk, { id, about }: LineOf<'receipt'>): Promise<void> {
  const params = { id }
  const { order, amount } = about
  if (order !== null && amount !== null && amount.amount >= order.total.amount) {
    const applied = await outcomeOf(() => staff.call(applyReceipt, { params, body: {} }))
    if ('answer' in applied || DONE.includes(applied.refused)) return
  }
  await insistUnless([...DONE, 'amount_unknown'], () => staff.call(giveReceiptBack, { params, body: { payee: null } }))
}
