import { addRefusedLetter } from '../../care/inbox/testing.ts'
import type { Objects } from './objects.ts'
import type { Ask } from './request.ts'

const ofFailedPhoto = async (o: Objects) => ({ params: { kind: 'failed_photo', id: (await o.failedPhoto()).id } })

export const admin: Readonly<Record<string, Ask>> = {
  'POST /api/admin/checks/letter': () => ({ body: { locale: 'en' } }),
  'GET /api/admin/checks/letter/:id': async o => ({ params: { id: await o.testLetter() } }),
  'PUT /api/admin/inbox/:kind/:id/taker': async o => ({ ...(await ofFailedPhoto(o)), body: { from: null } }),
  'DELETE /api/admin/inbox/:kind/:id/taker': ofFailedPhoto,
  'POST /api/admin/inbox/:kind/:id/leave': async o => ({ ...(await ofFailedPhoto(o)), body: { reason: 'known' } }),
  'POST /api/admin/inbox/mail/:id/retry': async o => ({
    params: { id: (await addRefusedLetter(o.shop)).mailId },
    body: {},
  }),
  'POST /api/admin/inbox/failed_photo/:id/retry': ofFailedPhoto,
}
