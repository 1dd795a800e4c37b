import { setTimeout as sleep } from 'node:timers/promises'
import {
  approvePayouts,
  bouncePayout,
  discardPayouts,
  draftPayouts,
  exportPayouts,
  getPayoutBatch,
  listPayoutBatches,
  payPayouts,
  type PayoutBatchWithLines,
  type PayoutLine,
} from '@pix/contracts/payouts.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { parse } from 'csv-parse/sync'
import { DEMO } from '../try/visitor.ts'
import { insist, insistUnless, outcomeOf } from './insist.ts'
import { enterAccounts, type Payee } from './payees.ts'
import type { SignedIn } from './signed-in.ts'
import type { Statement } from './statement.ts'

const PAUSE_MS = 8_000
/** A person looks at a draft before approving it; sales and refunds go on. */
const LOOK_MS = 4_000
/** One transfer in so many comes back: in turn before the bank has confirmed it, and after. */
const COMES_BACK = 4

export interface Treasury {
  staff: SignedIn
  statement: Statement
  studioIds: readonly string[]
  payees: readonly Payee[]
}

/** What the one who pays out has seen. */
export interface PaidOut {
  batches: number
  /** Batches that were refused on approval as a balance had changed, and drafted again. */
  redrafted: number
}

/** Pays out what is owed, again and again while sales and refunds go on; at last until nothing more can be paid. */
export async function payOut(treasury: Treasury, deskDone: AbortSignal): Promise<PaidOut> {
  const seen = { batches: 0, redrafted: 0 }
  for (;;) {
    const wasLast = deskDone.aborted
    await enterAccounts(treasury.payees)
    let isQuiet = true
    for (const studioId of treasury.studioIds) isQuiet = (await payStudio(treasury, studioId, seen)) && isQuiet
    if (wasLast && isQuiet) return seen
    await sleep(wasLast ? 500 : PAUSE_MS)
  }
}

/** @returns whether there was nothing to do */
async function payStudio(treasury: Treasury, studioId: string, seen: PaidOut): Promise<boolean> {
  const { staff } = treasury
  const isDrafted = await insistUnless(['nothing_to_pay_out'], () => staff.call(draftPayouts, { body: { studioId } }))
  if (isDrafted) seen.batches += 1
  // An answer may have been lost: open batches are read from the shop each time.
  const { items } = await insist(() => staff.call(listPayoutBatches, { query: { studio: studioId } }))
  let isQuiet = !isDrafted
  for (const { id, state, lines, paid, bounced } of items) {
    if (state === 'discarded' || (state === 'exported' && paid + bounced === lines)) continue
    isQuiet = false
    await advance(treasury, await insist(() => staff.call(getPayoutBatch, { params: { id } })), seen)
  }
  return isQuiet
}

/** Does what a batch waits for, to its end if it can. */
async function advance(treasury: Treasury, { batch, lines }: PayoutBatchWithLines, seen: PaidOut): Promise<void> {
  const { staff, statement } = treasury
  const params = { id: batch.id }
  if (batch.state === 'drafted') {
    await sleep(LOOK_MS)
    const body = { password: DEMO.password }
    const approved = await outcomeOf(() => staff.call(approvePayouts, { params, body }))
    if ('refused' in approved && approved.refused === 'payout_changed') {
      seen.redrafted += 1
      await insistUnless(['illegal_state'], () => staff.call(discardPayouts, { params }))
      return
    }
  }
  const isSent = statement.withdrawals().some(({ name }) => name.startsWith(`${batch.number}/`))
  if (!isSent) await send(treasury, batch.id)
  await record(treasury, batch.id, lines)
}

/** Takes the file to the bank, which carries each row out once, by its reference. */
async function send({ staff, statement }: Treasury, id: string): Promise<void> {
  const { csv } = await insist(() => staff.call(exportPayouts, { params: { id }, query: {} }))
  const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[]
  for (const { reference, account_number, amount_thb } of rows) {
    const [number] = reference!.split('/')
    const sent = statement.withdrawals().filter(({ kind }) => kind === 'payout').length + 1
    const isBack = sent % COMES_BACK === 0
    statement.withdraw({
      name: reference!,
      kind: 'payout',
      of: `${number} ${account_number!.slice(-4)}`,
      amount: Math.round(Number(amount_thb) * 100),
      fate: isBack ? (sent % (2 * COMES_BACK) === 0 ? 'comes_back_late' : 'comes_back') : 'arrives',
    })
  }
}

/** Records of each line what the bank says of its transfer. */
async function record({ staff, statement }: Treasury, id: string, lines: readonly PayoutLine[]): Promise<void> {
  const { batch } = await insist(() => staff.call(getPayoutBatch, { params: { id } }))
  const fateOf = ({ account }: PayoutLine) =>
    statement.withdrawals().find(({ of }) => of === `${batch.number} ${account?.lastDigits}`)?.fate
  for (const line of lines) {
    const fate = fateOf(line)
    if (fate === undefined || line.state === 'bounced') continue
    const body = { lineIds: [line.id], reference: `BT${line.id.slice(-8)}`, paidOn: bangkokDay(new Date()) }
    if (fate !== 'comes_back' && line.state !== 'paid')
      await insistUnless(['illegal_state'], () => staff.call(payPayouts, { params: { id }, body }))
    if (fate === 'arrives') continue
    const reason = { reason: 'the account is closed' }
    await insistUnless(['illegal_state'], () => staff.call(bouncePayout, { params: { id: line.id }, body: reason }))
  }
}
