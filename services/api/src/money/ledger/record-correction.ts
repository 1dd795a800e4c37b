import type { Tx } from '@pix/db/client.ts'
import type { AdjustableAccount } from '@pix/domain/words.ts'
import type { Context } from '../../base/context.ts'
import { postToLedger } from './post-to-ledger.ts'

type Posting = Pick<Context, 'now' | 'newId'>

interface Account {
  kind: AdjustableAccount
  ownerId: string | null
}

/** Posts a correction by hand. Its reference is the memo of both entries, so that the seal holds it. */
export async function recordAdjustment(
  ctx: Posting,
  tx: Tx,
  { id, from, to, amount, reference }: { id: string; from: Account; to: Account; amount: number; reference: string },
): Promise<void> {
  const entry = ({ kind, ownerId }: Account, signed: number) => ({
    account: kind,
    ...(ownerId !== null && { ownerId }),
    amount: signed,
    memo: reference,
  })
  const source = { kind: 'adjustment', sourceKind: 'adjustment', sourceId: id, orderId: null } as const
  await postToLedger(ctx, tx, source, [entry(from, amount), entry(to, -amount)])
}

/** Posts the fee that a gateway kept: it never came to the account, and pays what was taken off sales for it. */
export async function recordSettlement(
  ctx: Posting,
  tx: Tx,
  { id, fee, reference }: { id: string; fee: number; reference: string },
): Promise<void> {
  if (fee === 0) return
  const source = { kind: 'settlement', sourceKind: 'settlement', sourceId: id, orderId: null } as const
  await postToLedger(ctx, tx, source, [
    { account: 'gateway_fees', amount: fee, memo: reference },
    { account: 'gateway_clearing', amount: -fee, memo: reference },
  ])
}
