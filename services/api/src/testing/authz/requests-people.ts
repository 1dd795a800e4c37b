import { makeLinkToken } from '../../people/accounts/account-tokens.ts'
import { GOOD_PASSWORD, letterTo, newcomer } from '../../people/accounts/accounts-testing.ts'
import { type Objects, PASSWORD } from './objects.ts'
import type { Ask } from './request.ts'

const locale = 'th'
const registration = (email: string) => ({ email, name: 'Mary', password: GOOD_PASSWORD, locale })
const send = (o: Objects, url: string, payload: object) => o.shop.app.inject({ method: 'POST', url, payload })
const toAccount: Ask = async o => ({ body: { email: (await o.account()).email, locale } })

export const people: Readonly<Record<string, Ask>> = {
  'POST /api/setup/link': () => ({ body: { token: 'none' } }),
  'POST /api/setup': () => ({ body: { token: 'none', email: 'a@b.example', name: 'A', password: PASSWORD } }),
  'GET /api/docs/static/*': () => ({ params: { '*': 'swagger-ui.css' } }),

  'POST /api/auth/login': async o => ({ body: { email: (await o.account()).email, password: PASSWORD } }),
  'POST /api/auth/refresh': async o => ({ headers: { cookie: (await o.account()).refreshCookie } }),
  'PUT /api/auth/me': () => ({ body: { name: 'Mary' } }),
  'POST /api/auth/register': o => ({ body: registration(newcomer(o.shop)) }),
  'POST /api/auth/verify-email/resend': toAccount,
  'POST /api/auth/verify-email': async o => {
    const email = newcomer(o.shop)
    await send(o, '/api/auth/register', registration(email))
    return { body: { token: (await letterTo(o.shop, email)).token, password: GOOD_PASSWORD } }
  },
  'POST /api/auth/forgot-password': toAccount,
  'POST /api/auth/reset-password': async o => {
    const { email } = await o.account()
    await send(o, '/api/auth/forgot-password', { email, locale })
    return { body: { token: (await letterTo(o.shop, email)).token, password: GOOD_PASSWORD, locale } }
  },
  'POST /api/auth/change-password': () => ({ body: { current: PASSWORD, password: GOOD_PASSWORD, locale } }),
  'POST /api/auth/otp': toAccount,
  'POST /api/auth/unlock': async ({ shop }) => {
    const { id, email } = await shop.user('customer')
    return { body: { token: await makeLinkToken(shop.deps, shop.db, 'unlock', { address: email, userId: id }) } }
  },
  'DELETE /api/auth/sessions/:id': ({ shop }) => ({ params: { id: shop.deps.newId() } }),
  'POST /api/auth/otp/verify': async o => {
    const { email } = await o.account()
    const { ticket } = (await send(o, '/api/auth/otp', { email, locale })).json<{ ticket: string }>()
    return { body: { ticket, code: (await letterTo(o.shop, email)).code } }
  },
  'GET /api/me/consents': async o => {
    await o.search()
    return { holds: [o.event.id] }
  },
  'POST /api/me/deletion': () => ({ body: { password: 'not theirs', locale: 'en' } }),
  'POST /api/me/addresses/deletion': async o => ({ body: { orderId: (await o.openedOrder()).id } }),
  'PUT /api/me/consents': () => ({ body: { purpose: 'face_search', eventId: null, granted: false } }),
}
