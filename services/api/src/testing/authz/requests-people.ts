import type { Ask } from './request.ts'
import { PASSWORD } from './objects.ts'

export const people: Readonly<Record<string, Ask>> = {
  'POST /api/setup/link': () => ({ body: { token: 'none' } }),
  'POST /api/setup': () => ({ body: { token: 'none', email: 'a@b.example', name: 'A', password: PASSWORD } }),
  'GET /api/docs/static/*': () => ({ params: { '*': 'swagger-ui.css' } }),

  'POST /api/auth/login': async o => ({ body: { email: (await o.account()).email, password: PASSWORD } }),
  'POST /api/auth/refresh': async o => ({ headers: { cookie: (await o.account()).refreshCookie } }),
  'GET /api/me/consents': async o => {
    await o.search()
    return { holds: [o.event.id] }
  },
  'PUT /api/me/consents': () => ({ body: { purpose: 'face_search', eventId: null, granted: false } }),
}
