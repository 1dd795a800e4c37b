import { studios } from '@pix/db/schema/studios.ts'
import { logoKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { GOOD_PASSWORD, newcomer } from '../../people/accounts/accounts-testing.ts'
import { insertInvitation } from '../invitations.ts'
import { insertKey } from '../service-keys.ts'
import { type Objects, PASSWORD } from './objects.ts'
import type { Ask } from './request.ts'

const locale = 'th'
const toStudio = ({ shop, event }: Objects) =>
  insertInvitation(shop, { studioId: event.studioId, email: newcomer(shop), role: 'sales' })
const toEvent = ({ shop, event: { id, studioId } }: Objects) =>
  insertInvitation(shop, { studioId, email: newcomer(shop), event: { id, as: 'photographer' } })
const crewOf = async ({ shop, event }: Objects) => {
  const { id: userId } = await shop.user('customer')
  await shop.invite(event.id, userId)
  return { id: event.id, userId }
}
const memberOf = async ({ shop, event }: Objects) => {
  const { id: userId } = await shop.member(event.studioId, 'sales')
  return { id: event.studioId, userId }
}

/** What the api takes for a picture: the worker alone reads more of it. */
const LOGO = Buffer.from('89504e470d0a1a0a', 'hex')
const logoOf = async ({ shop }: Objects) => {
  const { id } = await shop.studio()
  const logo = logoKey(id, shop.deps.newId())
  await shop.deps.storage.put(MAIN_BUCKET, logo, LOGO, { contentType: 'image/png' })
  await shop.db.update(studios).set({ logo }).where(eq(studios.id, id))
  return { params: { id, file: logo.split('/').at(-1)! } }
}
const ofStudio: Ask = ({ event }) => ({ params: { id: event.studioId } })

/** Requests about studios, people of events, and invitations. */
export const members: Readonly<Record<string, Ask>> = {
  'GET /api/events/:id/crew': async o => {
    const { id, userId } = await crewOf(o)
    return { params: { id }, holds: [userId] }
  },
  'GET /api/events/:id/share-kit': ({ event }) => ({ params: { id: event.id }, holds: [event.slug] }),
  'GET /api/events/:id/poster': ({ event }) => ({ params: { id: event.id } }),
  'GET /api/events/:id/invitations': async o => {
    const { id } = await toEvent(o)
    return { params: { id: o.event.id }, holds: [id] }
  },
  'POST /api/events/:id/invitations': ({ shop, event }) => ({
    params: { id: event.id },
    body: { email: newcomer(shop), as: 'photographer', locale },
  }),
  'POST /api/events/:id/invitations/:invitationId/resend': async o => ({
    params: { id: o.event.id, invitationId: (await toEvent(o)).id },
    body: { locale },
  }),
  'DELETE /api/events/:id/invitations/:invitationId': async o => ({
    params: { id: o.event.id, invitationId: (await toEvent(o)).id },
  }),
  'PUT /api/events/:id/photographers/:userId': async o => ({ params: await crewOf(o), body: { trusted: true } }),
  'DELETE /api/events/:id/photographers/:userId': async o => ({ params: await crewOf(o) }),
  'DELETE /api/events/:id/organizer': ({ event }) => ({ params: { id: event.id } }),

  'GET /api/studios': ({ event }) => ({ query: { limit: '100' }, holds: [event.studioId] }),
  'POST /api/studios': ({ shop }) => ({
    body: {
      slug: `s-${shop.deps.newId().slice(-12)}`,
      name: { th: 'ร้าน', en: 'Studio' },
      ownerEmail: newcomer(shop),
      locale,
    },
  }),
  'PUT /api/studios/:id/status': ({ event }) => ({ params: { id: event.studioId }, body: { status: 'active' } }),
  'GET /api/studios/:id/settings': ofStudio,
  'PUT /api/studios/:id/look': ({ event }) => ({
    params: { id: event.studioId },
    body: { name: { th: 'ร้าน', en: 'Studio' }, accentColor: '#3b5bdb' },
  }),
  'PUT /api/studios/:id/gateway': ({ event }) => ({ params: { id: event.studioId }, body: { gateway: null } }),
  'POST /api/studios/:id/close': ({ event }) => ({ params: { id: event.studioId }, body: { password: PASSWORD } }),
  'POST /api/studios/:id/logo': ({ event }) => ({ params: { id: event.studioId }, form: [['logo', LOGO]] }),
  'DELETE /api/studios/:id/logo': ofStudio,
  'GET /media/studios/:id/:file': logoOf,
  'GET /api/reports/choice': () => ({}),
  'PUT /api/reports/choice': () => ({ body: { periods: ['daily'], locale } }),
  'GET /api/studios/:id/members': async o => {
    const { id, userId } = await memberOf(o)
    return { params: { id }, query: { limit: '100' }, holds: [userId] }
  },
  'PUT /api/studios/:id/members/:userId': async o => ({ params: await memberOf(o), body: { role: 'manager' } }),
  'DELETE /api/studios/:id/members/:userId': async o => ({ params: await memberOf(o) }),
  // An owner may leave where another one stays.
  'DELETE /api/me/studios/:id': async ({ shop, event }) => {
    await shop.member(event.studioId, 'owner')
    return { params: { id: event.studioId } }
  },
  'GET /api/studios/:id/invitations': async o => {
    const { id } = await toStudio(o)
    return { params: { id: o.event.studioId }, holds: [id] }
  },
  'POST /api/studios/:id/invitations': ({ shop, event }) => ({
    params: { id: event.studioId },
    body: { email: newcomer(shop), role: 'sales', locale },
  }),
  'POST /api/studios/:id/invitations/:invitationId/resend': async o => ({
    params: { id: o.event.studioId, invitationId: (await toStudio(o)).id },
    body: { locale },
  }),
  'DELETE /api/studios/:id/invitations/:invitationId': async o => ({
    params: { id: o.event.studioId, invitationId: (await toStudio(o)).id },
  }),
  'GET /api/service-keys': async o => ({
    query: { studio: o.event.studioId },
    holds: [await insertKey(o.shop, { studioId: o.event.studioId })],
  }),
  'GET /api/service-keys, of the platform': async o => ({ holds: [await insertKey(o.shop, { studioId: null })] }),
  'POST /api/service-keys': ({ event }) => ({
    body: { studioId: event.studioId, name: 'Uploader', scopes: ['photos:upload'], days: 90, password: PASSWORD },
  }),
  'DELETE /api/service-keys/:id': async o => ({
    params: { id: await insertKey(o.shop, { studioId: o.event.studioId }) },
  }),
  'POST /api/invitations/look': async o => ({ body: { token: (await toEvent(o)).token } }),
  'POST /api/invitations/accept': () => ({ body: { token: 'used' } }),
  'POST /api/invitations/register': async o => ({
    body: { token: (await toStudio(o)).token, name: 'Mary', password: GOOD_PASSWORD },
  }),
}
