import { orders } from '@pix/db/schema/orders.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { refunds } from '@pix/db/schema/refunds.ts'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inboxOf } from '../../care/inbox/testing.ts'
import { checkLedger } from '../../money/ledger/check-ledger.ts'
import { type Bank, type Shop, startBank } from '../../money/payments/bank-testing.ts'
import { PROMPTPAY } from '../../money/refunds/testing.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())
beforeEach(() => bank.faults())

/** How many transactions of this database wait for a lock. */
async function waiting({ db }: Shop): Promise<number> {
  const { rows } = await db.execute<{ waiting: number }>(sql`
    select count(distinct l.pid)::int as waiting from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where not l.granted and a.datname = current_database()`)
  return rows[0]!.waiting
}

test.each([
  ['apply', {}],
  ['give-back', { payee: PROMPTPAY }],
])(
  'a buyer asks for money back in the moment in which a person decides to %s it: one of them does it, and neither waits for the other in a circle',
  async (act, body) => {
    await using t = await bank.openShop()
    const inbox = await inboxOf(t)
    const { visitor, order, payment } = await t.withQr(1)
    const [row] = await t.db.select().from(payments).where(eq(payments.id, payment.id))
    await bank.pay(row!.transId!, { amount: '60.50' })
    await expect.poll(() => t.db.$count(receipts)).toBe(1)
    const [receipt] = await t.db.select().from(receipts)

    // The order is held until both wait, so that they come to their locks in this order.
    const both = await t.db.transaction(async tx => {
      await tx.select().from(orders).where(eq(orders.id, order.id)).for('update')
      const asked = t.post(visitor, `/api/orders/${order.id}/money-back`, { payee: PROMPTPAY })
      await expect.poll(() => waiting(t)).toBe(1)
      const decided = inbox.ask('POST', `/receipt/${receipt!.id}/${act}`, body)
      await expect.poll(() => waiting(t)).toBe(2)
      return [asked, decided]
    })
    const [asked, decided] = await Promise.all(both)
    expect([asked!.statusCode, decided!.statusCode, decided!.json().code]).toEqual([201, 409, 'line_closed'])
    expect(await t.db.$count(refunds)).toBe(1)
    expect(await checkLedger(t.db)).toMatchObject({ unbalanced: 0, wrong: 0, held: 1, heldAmount: 6_050 })
  },
)
