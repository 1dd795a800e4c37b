import { ACCOUNT, addAccount, addBatch, addCertificate, addSale } from '../../money/payouts/testing.ts'
import { today } from '../payouts/payout-desk.ts'
import { type Objects, PASSWORD } from './objects.ts'
import type { Ask } from './request.ts'

/** The photographer of the event, whose photos were sold. */
async function payeeOf(o: Objects) {
  await o.paidOrder()
  const { photographerId } = await o.photo()
  return { studioId: o.event.studioId, photographerId }
}

const ofStudio: Ask = ({ event }) => ({ query: { studio: event.studioId } })

/** Days ago: no longer held. */
const LONG_AGO = new Date(Date.now() - 30 * 86_400_000)

/** A photographer whom the event's sales owe 120 baht. */
async function addEarner({ shop, event }: Objects) {
  const { id } = await shop.user('photographer')
  await addSale(shop, { eventId: event.id, photographerId: id, photos: 4, at: LONG_AGO })
  await addAccount(shop, { party: 'photographer', ownerId: id })
  return { studioId: event.studioId, photographerId: id }
}

export const payouts: Readonly<Record<string, Ask>> = {
  'GET /api/me/payees/:party': () => ({ params: { party: 'photographer' } }),
  'PUT /api/me/payees/:party/:id': async o => ({
    params: { party: 'photographer', id: (await o.photo()).photographerId },
    body: { ...ACCOUNT, locale: 'en', password: PASSWORD },
  }),
  'GET /api/me/payouts/:party': () => ({ params: { party: 'photographer' } }),
  'GET /api/me/payouts/:party/:id/certificate': async o => {
    const payee = await payeeOf(o)
    const { lineId } = await addBatch(o.shop, payee, 'exported', { state: 'paid' })
    await addCertificate(o.shop, payee.studioId, lineId)
    return { params: { party: 'photographer', id: lineId } }
  },
  'GET /api/admin/adjustments': ofStudio,
  'GET /api/admin/adjustments/accounts': ofStudio,
  'POST /api/admin/adjustments': async o => {
    const { studioId, photographerId } = await addEarner(o)
    return {
      body: {
        studioId,
        from: { kind: 'platform_revenue', ownerId: null },
        to: { kind: 'photographer_payable', ownerId: photographerId },
        amount: { amount: 500, currency: 'THB' },
        reference: o.shop.deps.newId(),
        reason: 'a photo was sold under another name',
        password: PASSWORD,
      },
    }
  },
  'GET /api/admin/payouts/payable': ofStudio,
  'GET /api/admin/payouts': ofStudio,
  'PUT /api/admin/payouts/terms': async o => {
    const { studioId, photographerId } = await payeeOf(o)
    return { body: { studioId, party: 'photographer', payeeId: photographerId, withholdingBp: 300 } }
  },
  'POST /api/admin/payouts': async o => ({ body: { studioId: (await addEarner(o)).studioId } }),
  'GET /api/admin/payouts/:id': async o => {
    const { id, lineId } = await addBatch(o.shop, await payeeOf(o), 'exported', { state: 'paid' })
    return { params: { id }, holds: [lineId] }
  },
  'DELETE /api/admin/payouts/:id': async o => ({
    params: { id: (await addBatch(o.shop, await addEarner(o), 'drafted', { state: 'drafted' })).id },
  }),
  'POST /api/admin/payouts/:id/approve': async o => ({
    params: { id: (await addBatch(o.shop, await addEarner(o), 'drafted', { state: 'drafted' })).id },
    body: { password: PASSWORD },
  }),
  'POST /api/admin/payouts/:id/file': async o => ({
    params: { id: (await addBatch(o.shop, await addEarner(o), 'approved', { state: 'approved' })).id },
  }),
  'POST /api/admin/payouts/:id/paid': async o => {
    const { id, lineId } = await addBatch(o.shop, await addEarner(o), 'exported', { state: 'approved' })
    return { params: { id }, body: { lineIds: [lineId], reference: 'KB-1', paidOn: today() } }
  },
  'POST /api/admin/payout-lines/:id/bounced': async o => ({
    params: { id: (await addBatch(o.shop, await addEarner(o), 'exported', { state: 'approved' })).lineId },
    body: { reason: 'account closed' },
  }),
  'GET /api/studios/:id/withholding': ({ event }) => ({
    params: { id: event.studioId },
    query: { month: '2026-11', form: 'person' },
  }),
}
