import { takedowns } from '@pix/db/schema/takedowns.ts'
import { addRefusedLetter } from '../../care/inbox/testing.ts'
import type { Objects } from './objects.ts'
import type { Ask } from './request.ts'

/** A photo that is asked to be taken down: a fresh one, because a photo has one open takedown. */
async function openTakedown({ shop, freshPhoto }: Objects): Promise<string> {
  const id = shop.deps.newId()
  await shop.db.insert(takedowns).values({ id, photoId: (await freshPhoto()).id, openedAt: shop.deps.now() })
  return id
}

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
  'POST /api/takedowns': async o => ({ body: { photoId: (await o.photo()).id, reason: 'me', locale: 'th' } }),
  'POST /api/admin/inbox/takedown/:id/decide': async o => ({
    params: { id: await openTakedown(o) },
    body: { decision: 'taken_down', reason: 'asked' },
  }),
  'POST /api/admin/inbox/failed_photo/:id/retry': ofFailedPhoto,
}
