import type { PayeeDetails } from '@pix/contracts/payees.ts'
import { payeeAccounts } from '@pix/db/schema/payees.ts'
import { payoutBatches, payoutLines } from '@pix/db/schema/payouts.ts'
import { payments, receipts } from '@pix/db/schema/payments.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { and, eq } from 'drizzle-orm'
import { lockOrder } from '../../shop/orders/index.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import type { TestApp } from '../../testing/test-app.ts'
import type { PayeeKey } from '../../people/payees/index.ts'
import { issueCertificate } from '../documents/index.ts'
import { recordSale } from '../ledger/index.ts'

export const ACCOUNT: PayeeDetails = {
  bank: '004',
  account: '0123456789',
  accountName: 'สมชาย ใจดี',
  form: 'person',
  name: 'นายสมชาย ใจดี',
  address: '9 หมู่ 3 ตำบลแม่เหียะ เชียงใหม่',
  taxId: '1101700230708',
  vatRegistered: false,
}

/**
 * A paid order of photos of one event with its posted sale, 60 baht each, half of it the photographer's: rows only.
 *
 * @param of.again photos that are there already and are sold once more
 * @param of.feeBp what comes off for the gateway's fee before the split
 */
export async function addSale(
  t: TestApp,
  of: {
    eventId: string
    photographerId: string
    photos: number
    at?: Date
    again?: readonly string[]
    feeBp?: number
  },
): Promise<{ orderId: string; photoIds: string[]; headers: Record<string, string> }> {
  const visitor = await t.visitor()
  const photos: { id: string; eventId: string; photographerId: string }[] = (of.again ?? []).map(id => ({ ...of, id }))
  for (let made = 0; made < of.photos; made += 1) photos.push(await t.photo(of.eventId, of.photographerId))
  const orderId = await addPaidOrder(t.db, visitor.sessionId, photos, of.feeBp)
  const [paymentId, receiptId, at, amount] = [
    t.deps.newId(),
    t.deps.newId(),
    of.at ?? t.deps.now(),
    6_000 * photos.length,
  ]
  const charge = { gateway: 'paynoi', transId: `CHARGE-${paymentId}` }
  await t.db.insert(payments).values({
    id: paymentId,
    orderId,
    attempt: 1,
    ref1: paymentId.replaceAll('-', '').slice(-20).toUpperCase(),
    state: 'completed',
    completedAt: at,
    amountAsked: amount,
    amountDue: amount,
    expiresAt: at,
    ...charge,
  })
  await t.db.insert(receipts).values({ id: receiptId, paymentId, ...charge, amount, receivedAt: at, appliedAt: at })
  await t.db.transaction(async tx => {
    const order = await lockOrder(t.deps, tx, orderId)
    await recordSale({ now: () => at, newId: t.deps.newId }, tx, order!, { receiptId, amount })
  })
  return { orderId, photoIds: photos.map(({ id }) => id), headers: visitor.headers }
}

/** The bank account of a payee, which may be paid to: rows only. */
export async function addAccount(
  { db, deps }: Pick<TestApp, 'db' | 'deps'>,
  payee: PayeeKey,
  more: Partial<PayeeDetails> = {},
): Promise<string> {
  const [id, details] = [deps.newId(), { ...ACCOUNT, ...more }]
  const at = new Date(deps.now().getTime() - 1_000)
  await db.insert(payeeAccounts).values({
    id,
    ...payee,
    details: seal(deps.settings.COLUMN_KEYS, payeeAccounts.details, id, JSON.stringify(details)),
    lastDigits: details.account.slice(-4),
    form: details.form,
    vatRegistered: details.vatRegistered,
    locale: 'th',
    createdAt: at,
    usableFrom: at,
  })
  return id
}

/** A batch of one line that pays 30 baht to a photographer: rows only, without postings. */
export async function addBatch(
  t: TestApp,
  of: { studioId: string; photographerId: string },
  state: 'drafted' | 'approved' | 'exported',
  line: { state: 'drafted' | 'approved' | 'paid' },
): Promise<{ id: string; lineId: string }> {
  const [id, lineId, at, payee] = [
    t.deps.newId(),
    t.deps.newId(),
    t.deps.now(),
    { party: 'photographer' as const, ownerId: of.photographerId },
  ]
  // Another batch may hold an account and an open line of theirs.
  await t.db.update(payeeAccounts).set({ endedAt: at, end: 'replaced' }).where(eq(payeeAccounts.ownerId, payee.ownerId))
  await t.db.update(payoutLines).set({ state: 'discarded' }).where(isOpen(payee.ownerId, 'drafted'))
  await t.db
    .update(payoutLines)
    .set({ state: 'bounced', bouncedAt: at, bounceReason: '-' })
    .where(isOpen(payee.ownerId, 'approved'))
  const accountId = await addAccount(t, payee)
  const approved = state === 'drafted' ? {} : { approvedAt: at }
  const exported = state === 'exported' ? { exportedAt: at } : {}
  const { studioId } = of
  const drafted = { number: `PO-${id}`, studioId, state, salesUntil: at, draftedAt: at }
  await t.db.insert(payoutBatches).values({ id, ...drafted, ...approved, ...exported })
  const amounts = { gross: 3_000, base: 3_000, withholdingBp: 300, withheld: 90, net: 2_910 }
  const paid = line.state === 'paid' ? { paidAt: at, reference: 'KB-1' } : {}
  await t.db.insert(payoutLines).values({
    id: lineId,
    batchId: id,
    position: 1,
    studioId,
    accountId,
    ...payee,
    ...amounts,
    ...paid,
    state: line.state,
  })
  return { id, lineId }
}

const isOpen = (ownerId: string, state: 'drafted' | 'approved') =>
  and(eq(payoutLines.ownerId, ownerId), eq(payoutLines.state, state))

/** The certificate of a line of a batch. */
export const addCertificate = (t: TestApp, studioId: string, lineId: string) =>
  t.db.transaction(tx =>
    issueCertificate(t.deps, tx, {
      studioId,
      lineId,
      printed: {
        datedAt: t.deps.now().toISOString(),
        payer: { name: '-', address: '-', taxId: null, branch: null },
        payee: { name: '-', address: '-', taxId: ACCOUNT.taxId, form: 'person' },
        income: 'service',
        paid: 3_000,
        withheld: 90,
        rateBp: 300,
        payoutNumber: 'PO',
      },
    }),
  )
