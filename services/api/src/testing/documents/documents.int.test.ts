import type { SalesTaxLine } from '@pix/contracts/documents.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { documentContents, documentFiles, documents } from '@pix/db/schema/documents.ts'
import { organizers } from '@pix/db/schema/events.ts'
import { ledgerAccounts, ledgerEntries, ledgerPostings } from '@pix/db/schema/ledger.ts'
import { outgoingMail } from '@pix/db/schema/letters.ts'
import { orderTaxData } from '@pix/db/schema/orders.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { documentKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { and, asc, count, desc, eq, sql, sum } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetOldRows } from '../../care/privacy/forget-old-rows.ts'
import { lockOrder } from '../../shop/orders/index.ts'
import { addPaidOrder } from '../paid-order.ts'
import { type Bank, type Shop, startBank } from '../../money/payments/bank-testing.ts'
import { BUYER, paperwork, SELLER } from './documents-testing.ts'
import { issueForSale } from '../../money/documents/index.ts'

let bank: Bank
let t: Shop
let work: Awaited<ReturnType<typeof paperwork>>
beforeAll(async () => {
  bank = await startBank()
  t = await bank.openShop()
  work = await paperwork(t, bank)
})
afterAll(async () => {
  await t[Symbol.asyncDispose]()
  await bank.stop()
})

test('a seller who charges no VAT gives a receipt without a word of tax, and the mail names it', async () => {
  const order = await work.buy(2)
  const { items, exchangeable } = await order.list()
  expect([items, exchangeable]).toMatchObject([
    [
      {
        kind: 'receipt',
        total: { amount: 12_000 },
        vat: { amount: 0 },
        refersTo: null,
        replacedBy: null,
        ready: false,
      },
    ],
    false,
  ])
  expect(items[0]!.number).toMatch(/^RC20\d{4}-\d{5}$/)
  const content = await work.printed(items[0]!.number)
  expect(content).toMatchObject({ total: 12_000, taxable: 0, vat: 0, buyer: null, orderNumber: order.order.number })
  expect(content.seller).toMatchObject({ vat: 'none', taxId: null })
  expect(content.lines).toMatchObject([{ th: expect.stringContaining('งานวิ่ง'), amount: 12_000 }])
  const [letter] = await t.db.select().from(outgoingMail).where(eq(outgoingMail.template, 'order_paid'))
  expect(letter).toMatchObject({ facts: { document: items[0]!.number } })
})

test('only an owner says who the seller is; the tax id must be one, is kept encrypted, and is not in the audit', async () => {
  const manager = await t.member(HOUSE_STUDIO, 'manager')
  const url = `/api/studios/${HOUSE_STUDIO}/seller`
  expect((await t.app.inject({ url, headers: manager.headers })).statusCode).toBe(403)
  for (const wrong of [{ taxId: '0107537000522' }, { taxId: null }, { branch: null }, { branch: '12' }, { name: ' ' }])
    expect([wrong, (await work.setSeller(wrong)).statusCode]).toEqual([wrong, 422])
  const agent = await work.setSeller({ sellsAs: 'agent' })
  expect([agent.statusCode, agent.json()]).toMatchObject([422, { errors: [{ path: 'body.sellsAs' }] }])
  expect((await work.setSeller({ sellsAs: 'agent', vat: 'none' })).statusCode).toBe(200)
  const set = await work.setSeller({ taxId: '0-1075-37000-52-1' })
  expect([set.statusCode, set.json()]).toEqual([200, SELLER])
  expect((await t.app.inject({ url, headers: work.owner.headers })).json()).toEqual(SELLER)
  const [row] = await t.db.select().from(studioSellers)
  expect(row!.taxId!.includes(SELLER.taxId)).toBe(false)
  const [line] = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'seller.change'))
  expect(line).toMatchObject({ studioId: HOUSE_STUDIO, detail: { taxIdChanged: true } })
  expect(JSON.stringify(line)).not.toContain(SELLER.taxId)
})

test('a registered seller gives an abbreviated tax invoice; in full where the buyer says to whom', async () => {
  await work.setSeller()
  const short = await work.buy(1)
  const [abbreviated] = (await short.list()).items
  expect(abbreviated).toMatchObject({ kind: 'abbreviated_tax_invoice', vat: { amount: 393 } })
  const full = await work.buy(6, { taxData: BUYER })
  const [invoice] = (await full.list()).items
  expect(invoice).toMatchObject({ kind: 'tax_invoice', total: { amount: 31_000 }, vat: { amount: 2_028 } })
  const content = await work.printed(invoice!.number)
  expect(content).toMatchObject({ buyer: BUYER, base: 28_972, vat: 2_028, taxable: 31_000, seller: SELLER })
  expect(content.lines.reduce((sum, line) => sum + line.amount, 0)).toBe(31_000)
  const [kept] = await t.db.select().from(orderTaxData).where(eq(orderTaxData.orderId, full.order.id))
  expect(kept!.details.includes(BUYER.name)).toBe(false)
  // What was made stays as it is when the seller changes.
  await work.setSeller({ name: 'บริษัท ชื่อใหม่ จำกัด' })
  expect((await work.printed(invoice!.number)).seller.name).toBe(SELLER.name)
  const wrong = await t.post(full.visitor, `/api/orders`, { taxData: { ...BUYER, taxId: '1' } })
  expect(wrong.json().errors.map((error: { path: string }) => error.path)).toContain('body.taxData.taxId')
})

test('of an agent only its own share is taxed, in the invoice and in the credit notes of it', async () => {
  await work.setSeller()
  await t.db.update(studioSellers).set({ sellsAs: 'agent', soldAs: 'licence' })
  const organizer = t.deps.newId()
  await t.db.insert(organizers).values({ id: organizer, name: 'Run Club' })
  const order = await work.buy(2, { organizer })
  const [invoice] = (await order.list()).items
  // 30 % of 120 baht.
  expect(await work.printed(invoice!.number)).toMatchObject({ total: 12_000, taxable: 3_600, base: 3_364, vat: 236 })
  for (const photoId of order.photoIds) await work.giveBack(order, [photoId])
  const [, first, second] = (await order.list()).items
  const [one, two] = [await work.printed(first!.number), await work.printed(second!.number)]
  expect([one.taxable + two.taxable, one.vat + two.vat]).toEqual([3_600, 236])
})

test('an abbreviated tax invoice is exchanged once, by its buyer alone: the new one names it and has its date', async () => {
  await work.setSeller()
  const order = await work.buy(1)
  const path = `/api/orders/${order.order.id}/tax-invoice`
  expect((await t.post(await t.visitor(), path, BUYER)).statusCode).toBe(404)
  expect((await t.post(order.visitor, path, { ...BUYER, branch: null })).statusCode).toBe(422)
  const answers = await Promise.all([t.post(order.visitor, path, BUYER), t.post(order.visitor, path, BUYER)])
  expect(answers.map(answer => answer.statusCode).toSorted()).toEqual([201, 409])
  const { items, exchangeable } = await order.list()
  const [old, made] = items
  expect(exchangeable).toBe(false)
  expect(items).toHaveLength(2)
  expect(old).toMatchObject({ kind: 'abbreviated_tax_invoice', replacedBy: made!.number })
  expect(made).toMatchObject({ kind: 'tax_invoice', refersTo: old!.number, datedAt: old!.datedAt, vat: old!.vat })
  expect(await work.printed(made!.number)).toMatchObject({ buyer: BUYER, refersTo: { number: old!.number } })
  const receipt = await t.post(order.visitor, path, BUYER)
  expect(receipt.json().code).toBe('nothing_to_exchange')
})

test('credit notes of an order add up to its tax to the satang, name what they correct, and end its exchange', async () => {
  await work.setSeller()
  const order = await work.buy(3)
  const [invoice] = (await order.list()).items
  await work.giveBack(order, [order.photoIds[0]!])
  expect(await order.list()).toMatchObject({ exchangeable: false, items: [{}, { kind: 'credit_note' }] })
  await work.giveBack(order, order.photoIds.slice(1))
  const [, first, second] = (await order.list()).items
  expect([first, second]).toMatchObject([
    { total: { amount: 6_000 }, refersTo: invoice!.number },
    { total: { amount: 12_000 }, refersTo: invoice!.number },
  ])
  expect(first!.vat.amount + second!.vat.amount).toBe(invoice!.vat.amount)
  // What the ledger owes for taxes is what the documents say, before and after.
  const [owed] = await t.db
    .select({ amount: sum(ledgerEntries.amount).mapWith(Number), posted: count() })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .innerJoin(ledgerPostings, eq(ledgerPostings.id, ledgerEntries.postingId))
    .where(and(eq(ledgerAccounts.kind, 'vat_payable'), eq(ledgerPostings.orderId, order.order.id)))
  expect(owed).toEqual({ amount: 0, posted: 6 })
  const content = await work.printed(second!.number)
  expect(content.correction).toMatchObject({ reason: 'quality', baseAfter: 0 })
  expect(content.lines).toHaveLength(2)
  expect((await t.post(order.visitor, `/api/orders/${order.order.id}/tax-invoice`, BUYER)).statusCode).toBe(409)
})

test('fifty documents at once, and ten transactions that are rolled back, leave no gap and no number twice', async () => {
  const [event, photographer, visitor] = [await t.event(), await t.user('photographer'), await t.visitor()]
  const orderIds: string[] = []
  for (let at = 0; at < 60; at += 1)
    orderIds.push(await addPaidOrder(t.db, visitor.sessionId, [await t.photo(event.id, photographer.id)]))
  const numbersOf = async () => {
    const rows = await t.db
      .select({ count: documents.count, number: documents.number })
      .from(documents)
      .where(eq(documents.kind, 'abbreviated_tax_invoice'))
      .orderBy(asc(documents.count))
    return rows.map(row => row.count)
  }
  const before = (await numbersOf()).length
  const issued = await Promise.allSettled(
    orderIds.map((id, at) =>
      t.db.transaction(async tx => {
        const number = await issueForSale(t.deps, tx, (await lockOrder(t.deps, tx, id))!)
        if (at % 6 === 0) throw new Error('rolled back')
        return number
      }),
    ),
  )
  const numbers = issued.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  expect(new Set(numbers).size).toBe(50)
  const counts = await numbersOf()
  expect(counts).toEqual(Array.from({ length: before + 50 }, (_, at) => at + 1))
})

test('no document is changed or deleted, not even by the owner of the database, and a forged content does not open', async () => {
  const [row] = await t.db.select().from(documents).limit(1)
  for (const statement of [
    sql`update documents set total = total + 1 where id = ${row!.id}`,
    sql`delete from documents where id = ${row!.id}`,
  ]) {
    await expect(t.db.execute(statement)).rejects.toMatchObject({ cause: { code: '42501' } })
    await expect(t.owner().execute(statement)).rejects.toMatchObject({ cause: { constraint: 'documents_immutable' } })
  }
  const copy = { ...row!, id: t.deps.newId(), sourceId: t.deps.newId(), count: 9_000, number: 'RC202611-09000' }
  await expect(t.db.insert(documents).values(copy)).rejects.toMatchObject({
    cause: { constraint: 'documents_without_gaps' },
  })
  const [first, second] = await t.db.select().from(documentContents).limit(2)
  await t.db
    .update(documentContents)
    .set({ content: first!.content })
    .where(eq(documentContents.documentId, second!.documentId))
  const [forged] = await t.db.select().from(documents).where(eq(documents.id, second!.documentId))
  await expect(work.printed(forged!.number)).rejects.toThrow('unable to authenticate data')
  await t.db.update(documentContents).set(second!).where(eq(documentContents.documentId, second!.documentId))
})

test('a drawn document is fetched by its buyer and by the staff of its studio, and by nobody else', async () => {
  const order = await work.buy(1)
  const [made] = (await order.list()).items
  const path = `/api/documents/${made!.id}/pdf`
  expect((await t.get(order.visitor, path)).headers.location).toBe(`/checkout/success/${order.order.id}`)
  await t.storage.put(MAIN_BUCKET, documentKey(HOUSE_STUDIO, made!.id), Buffer.from('%PDF'), {
    contentType: 'application/pdf',
  })
  await t.db
    .insert(documentFiles)
    .values({ documentId: made!.id, bytes: 4, sha256: '0'.repeat(64), drawnAt: t.deps.now() })
  expect((await order.list()).items[0]!.ready).toBe(true)
  expect((await t.get(order.visitor, path)).headers.location).toContain(`${made!.id}.pdf`)
  expect((await t.get(await t.visitor(), path)).statusCode).toBe(404)
  const [manager, other] = [await t.member(HOUSE_STUDIO, 'manager'), await t.studio()]
  const stranger = await t.member(other.id, 'owner')
  const link = `/api/admin/documents/${made!.id}/link`
  expect((await t.app.inject({ url: link, headers: manager.headers })).json().url).toContain(`${made!.id}.pdf`)
  expect((await t.app.inject({ url: link, headers: stranger.headers })).statusCode).toBe(404)
  const list = `/api/admin/documents?studio=${HOUSE_STUDIO}&number=${order.order.number.toLowerCase()}`
  const found = (await t.app.inject({ url: list, headers: manager.headers })).json()
  expect(found.items).toMatchObject([{ number: made!.number, orderNumber: order.order.number, ready: true }])
  expect((await t.app.inject({ url: list, headers: stranger.headers })).statusCode).toBe(404)
})

test('whom documents are made out to goes with its buyer’s data, and after 30 days where nobody paid; the documents stay', async () => {
  const order = await work.buy(1, { taxData: BUYER })
  const unpaid = await t.withCart(1)
  const body = { email: 'c@b.example', locale: 'th', expectedTotal: { amount: 6_000, currency: 'THB' }, taxData: BUYER }
  const { id } = (await t.post(unpaid.visitor, '/api/orders', body)).json<{ id: string }>()
  const keptOf = (orderId: string) => t.db.$count(orderTaxData, eq(orderTaxData.orderId, orderId))
  expect([await keptOf(order.order.id), await keptOf(id)]).toEqual([1, 1])
  const later = (days: number) => ({ ...t.system, now: () => new Date(Date.now() + days * 86_400_000) })
  await forgetOldRows(later(29))
  expect(await keptOf(id)).toBe(1)
  await forgetOldRows(later(31))
  expect([await keptOf(id), await keptOf(order.order.id)]).toEqual([0, 1])
  const headers = order.visitor.headers
  expect((await t.app.inject({ method: 'DELETE', url: '/api/me/visit', headers })).statusCode).toBeLessThan(300)
  expect(await keptOf(order.order.id)).toBe(0)
  expect(await t.db.$count(documents, eq(documents.orderId, order.order.id))).toBe(1)
})

test('the report of output tax has every taxed document once: void ones count nothing, credit notes take off', async () => {
  const [one] = await t.db.select().from(documents).orderBy(desc(documents.issuedAt)).limit(1)
  const url = `/api/studios/${HOUSE_STUDIO}/sales-tax?month=${one!.period}`
  const items: SalesTaxLine[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const further: string = cursor && `&cursor=${cursor}`
    const answer = await t.app.inject({ url: `${url}&limit=2${further}`, headers: work.owner.headers })
    const page = answer.json<{ items: SalesTaxLine[]; nextCursor: string | null }>()
    items.push(...page.items)
    cursor = page.nextCursor
  }
  const rows = await t.db
    .select()
    .from(documents)
    .where(sql`${documents.taxable} > 0`)
  expect(items.map(({ number }) => number).toSorted()).toEqual(rows.map(({ number }) => number).toSorted())
  const replaced = new Set(rows.flatMap(row => (row.sourceKind === 'exchange' ? [row.refersTo] : [])))
  const wanted = rows
    .filter(row => !replaced.has(row.id))
    .reduce((sum, row) => sum + (row.kind === 'credit_note' ? -row.vat : row.vat), 0)
  expect(items.reduce((sum, line) => sum + line.vat.amount, 0)).toBe(wanted)
  expect(items.find(({ buyer }) => buyer === BUYER.name)).toMatchObject({
    taxId: BUYER.taxId,
    branch: BUYER.branch,
  })
})
