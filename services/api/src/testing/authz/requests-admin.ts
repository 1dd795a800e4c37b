import { FACE_ALERT_WORDING } from '@pix/contracts/consent-wordings.ts'
import { refreshTokens } from '@pix/db/schema/auth.ts'
import { gatewaySettlements, reconciliations } from '@pix/db/schema/reconciliation.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { takedowns } from '@pix/db/schema/takedowns.ts'
import { writeProbes } from '@pix/faces/index/probe-bytes.ts'
import { liveProbeKey } from '@pix/jobs/faces.ts'
import { eq } from 'drizzle-orm'
import { embedding, MODEL } from '../faces.ts'
import { addNotice, maintenanceIn, SAID } from '../notices.ts'
import { addRefusedLetter } from '../../care/inbox/testing.ts'
import { addKeptMoney, addRefund, PROMPTPAY } from '../../money/refunds/testing.ts'
import { ACCOUNT, addSlip } from '../../money/payments/slips/testing.ts'
import { addDifference } from '../../money/reconciliation/testing.ts'
import { type Objects, PASSWORD } from './objects.ts'
import type { Ask } from './request.ts'

/** A photo that is asked to be taken down: a fresh one, because a photo has one open takedown. */
async function openTakedown({ shop, freshPhoto }: Objects): Promise<string> {
  const id = shop.deps.newId()
  await shop.db.insert(takedowns).values({ id, photoId: (await freshPhoto()).id, openedAt: shop.deps.now() })
  return id
}

const LETTER = {
  subject: 'Photos of {event}',
  lines: ['They are there.'],
  action: 'See them',
  hint: 'Looking is free.',
}

const ofFailedPhoto = async (o: Objects) => ({ params: { kind: 'failed_photo', id: (await o.failedPhoto()).id } })

const ofRefund =
  (state: 'requested' | 'approved', body?: object): Ask =>
  async o => ({ params: { id: await addRefund(o.shop, (await o.paidOrder()).id, state) }, ...(body && { body }) })

const ofSlip =
  (body?: object): Ask =>
  async o => ({ params: { id: await addSlip(o.shop, (await o.openOrder()).id) }, ...(body && { body }) })

const ofFreshUser =
  (body?: object): Ask =>
  async o => ({ params: { id: (await o.shop.user('customer')).id }, ...(body && { body }) })

export const admin: Readonly<Record<string, Ask>> = {
  'GET /api/admin/inbox/slip/:id/picture': ofSlip(),
  'POST /api/admin/inbox/slip/:id/arrived': async o => ({
    params: { id: await addSlip(o.shop, (await o.openOrder()).id) },
    body: {
      amount: { amount: 6_000, currency: 'THB' },
      arrivedAt: '2026-11-01T00:00:00Z',
      reference: o.shop.deps.newId(),
    },
  }),
  'POST /api/admin/inbox/slip/:id/refuse': ofSlip({ reason: 'not on the statement' }),
  'POST /api/admin/inbox/difference/:id/end': async o => ({
    params: { id: await addDifference(o.shop) },
    body: { reason: 'the bank has corrected it' },
  }),
  // One runs at a time: those before it are over.
  'POST /api/admin/reconciliations': async o => {
    await o.db.update(reconciliations).set({ finishedAt: o.shop.deps.now() })
    return { body: { day: '2026-11-01' } }
  },
  'GET /api/admin/settlements/expected': () => ({
    query: { gateway: 'paynoi', firstDay: '2026-11-01', lastDay: '2026-11-02' },
  }),
  // A day is in one statement: each has the day after the one before.
  'POST /api/admin/settlements': async o => {
    const day = new Date(Date.UTC(2020, 0, 1 + (await o.db.$count(gatewaySettlements)))).toISOString().slice(0, 10)
    const total = { amount: 6_000, currency: 'THB' }
    const said = { gateway: 'paynoi', reference: o.shop.deps.newId(), total, fee: { ...total, amount: 99 } }
    return { body: { ...said, firstDay: day, lastDay: day } }
  },
  'GET /api/admin/letters/:template': () => ({ params: { template: 'event_announced' } }),
  'POST /api/admin/letters/:template/preview': () => ({
    params: { template: 'event_announced' },
    body: { locale: 'en', words: LETTER },
  }),
  'PUT /api/admin/letters/:template/words/:locale': () => ({
    params: { template: 'event_announced', locale: 'en' },
    body: LETTER,
  }),
  'DELETE /api/admin/letters/:template/words/:locale': () => ({
    params: { template: 'event_announced', locale: 'en' },
  }),
  'POST /api/admin/incidents': () => ({ body: SAID }),
  'POST /api/admin/maintenances': () => ({ body: maintenanceIn(80) }),
  'PUT /api/admin/maintenances/:id': async o => ({
    params: { id: await addNotice(o.shop, 'maintenance') },
    body: maintenanceIn(110),
  }),
  'POST /api/admin/maintenances/:id/cancel': async o => ({ params: { id: await addNotice(o.shop, 'maintenance') } }),
  'POST /api/admin/notices/:id/updates': async o => ({
    params: { id: await addNotice(o.shop, 'incident') },
    body: { text: SAID.text, over: true },
  }),
  'PUT /api/admin/support-contacts': () => ({ body: { email: null, lineId: '@shop', phone: null, hours: null } }),
  'PUT /api/admin/transfer-account': () => ({ body: { account: ACCOUNT, password: PASSWORD } }),
  'GET /api/admin/queues/:queue/failed': () => ({ params: { queue: 'mail-send' } }),
  'POST /api/admin/queues/:queue/retry': () => ({ params: { queue: 'mail-send' }, body: {} }),
  'POST /api/admin/queues/:queue/drain': () => ({ params: { queue: 'mail-send' }, body: { seen: 1 } }),
  'POST /api/admin/sweeps/:program/:sweep/run': async o => {
    const run = { startedAt: 0, endedAt: Date.now(), pauseMs: 1_000, failure: null }
    await o.shop.deps.redis.hset('sweeps:api', 'a_task', JSON.stringify(run))
    return { params: { program: 'api', sweep: 'a_task' } }
  },
  'GET /api/admin/users/:id': ofFreshUser(),
  'PUT /api/admin/users/:id/role': ofFreshUser({ role: 'platform_admin', reason: 'helps us', password: PASSWORD }),
  'PUT /api/admin/users/:id/suspension': ofFreshUser({ suspended: true, reason: 'spam' }),
  'DELETE /api/admin/users/:id/sessions': ofFreshUser(),
  'DELETE /api/admin/users/:id/sessions/:session': async o => {
    const [userId, familyId] = [(await o.shop.user('customer')).id, o.shop.deps.newId()]
    const token = { id: familyId, userId, familyId, tokenHash: familyId, device: 'test' }
    await o.db.insert(refreshTokens).values({ ...token, expiresAt: new Date(Date.now() + 60_000) })
    return { params: { id: userId, session: familyId } }
  },
  'POST /api/admin/users/:id/unlock': ofFreshUser(),
  'GET /api/admin/audit/export': () => ({ query: { format: 'csv', action: 'studio' } }),
  'POST /api/admin/checks/letter': () => ({ body: { locale: 'en' } }),
  'GET /api/admin/checks/letter/:id': async o => ({ params: { id: await o.testLetter() } }),
  'PUT /api/admin/inbox/:kind/:id/taker': async o => ({ ...(await ofFailedPhoto(o)), body: { from: null } }),
  'DELETE /api/admin/inbox/:kind/:id/taker': ofFailedPhoto,
  'POST /api/admin/inbox/:kind/:id/leave': async o => ({ ...(await ofFailedPhoto(o)), body: { reason: 'known' } }),
  'POST /api/admin/inbox/mail/:id/retry': async o => ({
    params: { id: (await addRefusedLetter(o.shop)).mailId },
    body: {},
  }),
  'POST /api/admin/refused-addresses/lift': async o => {
    const address = `${o.shop.deps.newId()}@gone.test`
    await addRefusedLetter(o.shop, address)
    return { body: { address } }
  },
  'POST /api/face/search/:id/objection': async o => {
    const { id, photoId } = await o.search()
    await o.db.update(searches).set({ forObjection: true }).where(eq(searches.id, id))
    return { params: { id }, body: { kind: 'hide', photoIds: [photoId], keep: null, locale: 'th' } }
  },
  'POST /api/face/search/:id/alert': async o => {
    const { id } = await o.search()
    await o.db.update(searches).set({ finishedAt: new Date() }).where(eq(searches.id, id))
    await o.shop.deps.redis.set(liveProbeKey(id), writeProbes([{ embedding, quality: 0.9 }], MODEL), 'EX', 600)
    const body = { email: 'face@test.example', locale: 'th', consent: FACE_ALERT_WORDING.th.id, guardian: null }
    return { params: { id }, body }
  },
  'GET /api/me/objections': async o => ({ holds: [(await o.objection()).id] }),
  'DELETE /api/me/objections/:id': async o => ({ params: { id: (await o.objection()).id } }),
  'POST /api/objections/withdrawal': async o => ({ body: { token: (await o.objection()).token } }),
  'POST /api/admin/inbox/objection/:id/decide': async o => ({
    params: { id: (await o.objection()).id },
    body: { decision: 'keep_out', reason: 'it is them' },
  }),
  'POST /api/takedowns': async o => ({ body: { photoId: (await o.photo()).id, reason: 'me', locale: 'th' } }),
  'POST /api/admin/inbox/takedown/:id/decide': async o => ({
    params: { id: await openTakedown(o) },
    body: { decision: 'taken_down', reason: 'asked' },
  }),
  'POST /api/admin/inbox/failed_photo/:id/retry': ofFailedPhoto,
  'POST /api/admin/inbox/receipt/:id/apply': async o => ({
    params: { id: await addKeptMoney(o.shop, (await o.openOrder()).id) },
    body: {},
  }),
  'POST /api/admin/inbox/receipt/:id/give-back': async o => ({
    params: { id: await addKeptMoney(o.shop, (await o.paidOrder()).id) },
    body: { payee: PROMPTPAY },
  }),
  'POST /api/admin/inbox/refund/:id/decide': ofRefund('requested', { decision: 'refused', reason: 'used' }),
  'GET /api/admin/inbox/refund/:id/payee': ofRefund('approved'),
  'POST /api/admin/inbox/refund/:id/transferred': ofRefund('approved', { reference: 'T1' }),
}
