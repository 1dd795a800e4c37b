import type { TransferAccount } from '@pix/contracts/transfers.ts'
import { users } from '@pix/db/schema/auth.ts'
import { transferAccounts } from '@pix/db/schema/transfer-accounts.ts'
import { open, seal } from '@pix/db/sealed/seal.ts'
import { eq, isNull, sql } from 'drizzle-orm'
import { queueToAdmins } from '../../../base/admin-letters.ts'
import { recordAudit } from '../../../base/audit.ts'
import type { CallerContext, Context, Joining } from '../../../base/context.ts'
import { sendLetter } from '../../../base/letters.ts'
import { confirmPasswordIfAny, type ShownBrowser } from '../../../people/accounts/index.ts'

type Reading = Pick<Joining<Context>, 'db' | 'settings'>

/** There is an account to which buyers may transfer by hand now: as a column, for those who read rows anyway. */
export const hasTransferAccount = sql<boolean>`exists (
  select from ${transferAccounts} where ${isNull(transferAccounts.closedAt)})`

/** The same by itself. */
export const takesTransfers = async ({ db }: Pick<Reading, 'db'>): Promise<boolean> =>
  (await db.$count(transferAccounts, isNull(transferAccounts.closedAt))) > 0

/** The account to which buyers transfer by hand now; null where none is set. */
export async function accountInForce({ db, settings }: Reading): Promise<(TransferAccount & { id: string }) | null> {
  const [row] = await db.select().from(transferAccounts).where(isNull(transferAccounts.closedAt))
  if (!row) return null
  const { id, bank, name, number, promptpay } = row
  const keys = settings.COLUMN_KEYS
  return {
    id,
    bank,
    name,
    number: open(keys, transferAccounts.number, id, number),
    promptpay: promptpay && open(keys, transferAccounts.promptpay, id, promptpay),
  }
}

/** That account as its page shows it. */
export async function readAccount(ctx: Reading): Promise<{ account: TransferAccount | null }> {
  const found = await accountInForce(ctx)
  if (!found) return { account: null }
  const { id: _, ...account } = found
  return { account }
}

/**
 * Sets that account, or takes none. A stranger who changed it unseen would get the buyers' money: so the password is
 * asked again, and every admin gets a letter.
 *
 * @throws Problem `wrong_password` or `account_locked`
 */
export async function setAccount(
  ctx: CallerContext,
  { account, password }: { account: TransferAccount | null; password?: string | undefined },
  browser: ShownBrowser,
): Promise<{ account: TransferAccount | null }> {
  await confirmPasswordIfAny(ctx, password, browser)
  const letters = await ctx.db.transaction(async tx => {
    const inTx = { ...ctx, db: tx }
    const [at, keys, id] = [ctx.now(), ctx.settings.COLUMN_KEYS, ctx.newId()]
    await tx.update(transferAccounts).set({ closedAt: at }).where(isNull(transferAccounts.closedAt))
    if (account !== null) {
      const { bank, name, number, promptpay } = account
      await tx.insert(transferAccounts).values({
        id,
        bank,
        name,
        number: seal(keys, transferAccounts.number, id, number),
        promptpay: promptpay === null ? null : seal(keys, transferAccounts.promptpay, id, promptpay),
        setAt: at,
        setBy: ctx.caller.userId,
      })
    }
    const ends = account === null ? null : account.number.slice(-4)
    const after = { bank: account?.bank ?? null, name: account?.name ?? null, lastDigits: ends }
    await recordAudit(inTx, 'transfer_account.set', 'platform', { after })
    return queueAdminLetters(inTx, account, id)
  })
  for (const letter of letters) await sendLetter(ctx, letter)
  return readAccount(ctx)
}

async function queueAdminLetters(
  ctx: Joining<CallerContext>,
  account: TransferAccount | null,
  changeId: string,
): Promise<string[]> {
  const [me] = await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, ctx.caller.userId))
  const named = account === null ? '—' : `${account.bank} ••••${account.number.slice(-4)} ${account.name}`
  return queueToAdmins(ctx, {
    template: 'transfer_account_set',
    facts: { account: named, by: me?.email ?? '' },
    path: '/admin/settings',
    dedupeKey: `transfer_account_set:${changeId}`,
  })
}
