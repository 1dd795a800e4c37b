import { outgoingMail } from '@pix/db/schema/letters.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bank, type Shop, startBank } from './bank-testing.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

/** A QR for one photo. */
async function qrFor(t: Shop, photoId: string) {
  const visitor = await t.visitor()
  await t.post(visitor, '/api/cart/items', { photoIds: [photoId] })
  const order = (await t.order(visitor, 6_000)).json<{ id: string }>()
  const payment = (await t.payment(visitor, order.id)).json<{ id: string }>()
  const { rows } = await t
    .owner()
    .$client.query<{ trans_id: string }>('select trans_id from payments where id = $1', [payment.id])
  return { transId: rows[0]!.trans_id, status: () => t.status(visitor, order.id) }
}

/** A letter of the same key that another transaction is about to write: both payments wait at it. */
async function holdLetter(t: Shop, dedupeKey: string) {
  const client = await t.owner().$client.connect()
  await client.query('begin')
  await client.query(
    `insert into outgoing_mail (id, template, recipient, locale, data, dedupe_key)
      values ($1, 'first_sale', 'nobody@example.test', 'th', '{}', $2)`,
    [t.deps.newId(), dedupeKey],
  )
  const release = async () => {
    await client.query('rollback')
    client.release()
  }
  const waiting = async () => {
    const { rowCount } = await client.query(`
      select from pg_locks join pg_stat_activity using (pid)
      where locktype = 'transactionid' and not granted and datname = current_database()`)
    return rowCount
  }
  return { waiting, [Symbol.asyncDispose]: release }
}

test('of two orders that are paid at the same moment as a photographer’s first sale at an event one writes the letter', async () => {
  await using t = await bank.openShop()
  const [event, seller] = [await t.event(), await t.user('photographer')]
  const photos = [await t.photo(event.id, seller.id), await t.photo(event.id, seller.id)]
  const orders = await Promise.all(photos.map(photo => qrFor(t, photo.id)))
  {
    await using held = await holdLetter(t, `first_sale:${event.id}:${seller.id}`)
    for (const { transId } of orders) await bank.pay(transId)
    await expect.poll(held.waiting).toBe(2)
  }
  for (const { status } of orders) await expect.poll(status).toBe('fulfilled')

  const of = and(eq(outgoingMail.template, 'first_sale'), eq(outgoingMail.recipient, seller.email))
  const letters = await t.db.select().from(outgoingMail).where(of)
  expect(letters).toMatchObject([{ facts: { baht: '฿30' } }])

  const later = await qrFor(t, (await t.photo(event.id, seller.id)).id)
  await bank.pay(later.transId)
  await expect.poll(later.status).toBe('fulfilled')
  expect(await t.db.$count(outgoingMail, of)).toBe(1)
})
