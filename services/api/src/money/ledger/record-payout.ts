import type { Tx } from '@pix/db/client.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import type { PayeeParty } from '@pix/domain/words.ts'
import type { Context } from '../../base/context.ts'
import { type Entry, postToLedger } from './post-to-ledger.ts'

type Posting = Pick<Context, 'now' | 'newId'>

/** A line of a payout. Satang: gross = withheld + net. */
export interface PayoutFact {
  id: string
  /** Whose sales it pays from. */
  studioId: string
  party: PayeeParty
  ownerId: string
  gross: number
  withheld: number
  net: number
}

/**
 * The account to which withheld tax is posted. The platform remits it for the house studio. Any other studio remits its
 * own, so it is owed the money.
 */
const taxOf = ({ studioId }: PayoutFact) =>
  studioId === HOUSE_STUDIO
    ? { account: 'withholding_tax_payable' as const }
    : { account: 'studio_payable' as const, ownerId: studioId }

const payable = ({ party, ownerId }: PayoutFact) => ({ account: `${party}_payable` as const, ownerId })

/** Posts that a payout is approved: it leaves the payee's balance and waits for its transfer. */
export const recordPayout = (ctx: Posting, tx: Tx, line: PayoutFact): Promise<void> =>
  post(ctx, tx, 'payout', line, [
    { ...payable(line), amount: line.gross },
    { account: 'payouts_clearing', amount: -line.gross },
  ])

/**
 * Posts that its transfer left the gateway's account, and books the withheld tax to the account from which it is
 * remitted.
 */
export async function recordPayoutTransfer(ctx: Posting, tx: Tx, line: PayoutFact): Promise<void> {
  await post(ctx, tx, 'payout_transfer', line, [
    { account: 'payouts_clearing', amount: line.net },
    { account: 'gateway_clearing', amount: -line.net },
  ])
  if (line.withheld === 0) return
  await post(ctx, tx, 'withholding', line, [
    { account: 'payouts_clearing', amount: line.withheld },
    { ...taxOf(line), amount: -line.withheld },
  ])
}

/**
 * Posts that its transfer came back: the payee is owed the whole again.
 *
 * @param wasPaid its transfer, and the tax, were posted before
 */
export const recordPayoutReturn = (ctx: Posting, tx: Tx, line: PayoutFact, wasPaid: boolean): Promise<void> =>
  post(ctx, tx, 'payout_return', line, [
    ...(wasPaid
      ? [
          { account: 'gateway_clearing' as const, amount: line.net },
          { ...taxOf(line), amount: line.withheld },
        ]
      : [{ account: 'payouts_clearing' as const, amount: line.gross }]),
    { ...payable(line), amount: -line.gross },
  ])

const post = (
  ctx: Posting,
  tx: Tx,
  kind: 'payout' | 'payout_transfer' | 'withholding' | 'payout_return',
  { id }: PayoutFact,
  entries: readonly Entry[],
): Promise<void> => postToLedger(ctx, tx, { kind, sourceKind: kind, sourceId: id, orderId: null }, entries)
