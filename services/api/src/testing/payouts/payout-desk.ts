import type { Statement } from '@pix/contracts/earnings.ts'
import type { Payable, PayoutBatchWithLines } from '@pix/contracts/payouts.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { ledgerAccounts, ledgerEntries } from '@pix/db/schema/ledger.ts'
import { studioSellers } from '@pix/db/schema/sellers.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { bangkokDay } from '@pix/domain/bangkok-day.ts'
import { and, eq, sum } from 'drizzle-orm'
import { inboxOf } from '../../care/inbox/testing.ts'
import { addAccount, addSale } from '../../money/payouts/testing.ts'
import { PROMPTPAY } from '../../money/refunds/testing.ts'
import { PASSWORD, PASSWORD_HASH } from '../authz/objects.ts'
import { testApp } from '../test-app.ts'

/** Days ago: no longer held. */
export const LONG_AGO = new Date(Date.now() - 30 * 86_400_000)
export const today = () => bangkokDay(new Date())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Payouts of the house studio, a company, as a platform admin makes them; and photographers who are owed something. */
export async function openPayoutDesk() {
  const t = await testApp({ settings: { PAYOUT_LEAST_BAHT: '100', WITHHOLDING_FROM_BAHT: '1000' } })
  const admin = await t.user('admin', { passwordHash: PASSWORD_HASH })
  const eventId = (await t.event()).id
  const taxId = seal(t.deps.settings.COLUMN_KEYS, studioSellers.taxId, HOUSE_STUDIO, '0107537000521')
  const seller = { name: 'บริษัท ภาพสวย จำกัด', address: '1 ถนนสีลม', taxId, branch: '00000', changedAt: new Date() }
  await t.db.insert(studioSellers).values({ studioId: HOUSE_STUDIO, ...seller })

  const ask = (method: Method, path: string, payload?: object, headers: Record<string, string> = admin.headers) =>
    t.app.inject({ method, url: `/api${path}`, headers, ...(payload && { payload }) })
  const draft = () => ask('POST', '/admin/payouts', { studioId: HOUSE_STUDIO })
  return {
    t,
    admin,
    eventId,
    ask,
    draft,
    /** A batch that pays these, and all other payable payees. */
    drafted: async (...payees: { id: string }[]): Promise<PayoutBatchWithLines> => {
      const made = (await draft()).json<PayoutBatchWithLines>()
      const missing = payees.filter(({ id }) => !made.lines.some(({ payeeId }) => payeeId === id))
      if (missing.length > 0) throw new Error('the batch does not pay everybody')
      return made
    },
    approve: (id: string, password = PASSWORD) => ask('POST', `/admin/payouts/${id}/approve`, { password }),
    pay: (id: string, lineIds: string[], paidOn = today()) =>
      ask('POST', `/admin/payouts/${id}/paid`, { lineIds, reference: 'KB-77', paidOn }),
    payableOf: async (payeeId: string): Promise<Payable | undefined> =>
      (await ask('GET', `/admin/payouts/payable?studio=${HOUSE_STUDIO}`))
        .json<{ items: Payable[] }>()
        .items.find(item => item.payeeId === payeeId),
    /** A photographer with an account, whose share is so many times 30 baht. */
    earner: async (photos: number, { at = LONG_AGO, account = true } = {}) => {
      const user = await t.user('photographer', { passwordHash: PASSWORD_HASH })
      const sale = await addSale(t, { eventId, photographerId: user.id, photos, at })
      if (account) await addAccount(t, { party: 'photographer', ownerId: user.id })
      return { ...user, sale }
    },
    /** The buyer asks photos back, and it is approved. */
    refund: async ({ sale }: { sale: Awaited<ReturnType<typeof addSale>> }, photos: number) => {
      const asked = await t.app.inject({
        method: 'POST',
        url: `/api/orders/${sale.orderId}/refunds`,
        headers: { ...sale.headers, 'idempotency-key': t.deps.newId() },
        payload: { photoIds: sale.photoIds.slice(0, photos), reason: 'quality', payee: PROMPTPAY },
      })
      const path = `/refund/${asked.json<{ id: string }>().id}/decide`
      return (await inboxOf(t, admin)).ask('POST', path, { decision: 'approved', reason: 'true' })
    },
    /** The newest line of a photographer's statement since today. */
    lastLine: async ({ headers }: { headers: Record<string, string> }) => {
      const query = `from=${today()}&to=2099-01-01&order=newest&limit=1`
      return (await ask('GET', `/earnings/photographer/statement?${query}`, undefined, headers)).json<Statement>()
        .lines[0]
    },
    /** Satang that an account of the ledger is owed. */
    owed: async (kind: (typeof ledgerAccounts.$inferSelect)['kind'], ownerId?: string): Promise<number> => {
      const whose = ownerId === undefined ? undefined : eq(ledgerAccounts.ownerId, ownerId)
      const [row] = await t.db
        .select({ total: sum(ledgerEntries.amount).mapWith(Number) })
        .from(ledgerEntries)
        .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
        .where(and(eq(ledgerAccounts.kind, kind), whose))
      return 0 - (row?.total ?? 0)
    },
  }
}

export const lineOf = ({ lines }: PayoutBatchWithLines, { id }: { id: string }) =>
  lines.find(line => line.payeeId === id)!
