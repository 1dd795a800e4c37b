import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { TUS_BYTES } from '@pix/contracts/uploads.ts'
import { newId } from '@pix/db/ids.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { eq } from 'drizzle-orm'
import { TEST_HOOK_SECRET } from '../environment.ts'
import { embedding, MODEL } from '../faces.ts'
import { testJpeg } from '../images.ts'
import { CODE } from './objects.ts'
import type { Ask } from './request.ts'

const FIELDS = {
  name: { th: 'งานวิ่ง', en: 'A run' },
  category: 'run',
  venue: 'Park',
  province: 'Bangkok',
  startsAt: '2026-11-01T00:00:00Z',
  endsAt: '2026-11-01T06:00:00Z',
}

const HOOK = { 'x-hook-secret': TEST_HOOK_SECRET }

const ofEvent: Ask = ({ event }) => ({ params: { id: event.id } })
const ofPhoto: Ask = async o => ({ params: { id: (await o.photo()).id } })
const ofPendingPhoto: Ask = async o => ({ params: { id: (await o.pendingPhoto()).id } })
const ofSearch: Ask = async o => ({ params: { id: (await o.search()).id } })

let pictures = 0
/** Bytes that no upload before had. */
const newPicture = () => testJpeg((pictures += 1))
const upload: Ask = async ({ event }) => ({
  form: [
    ['eventId', event.id],
    ['photo', await newPicture()],
  ],
})

const TUS = { 'tus-resumable': '1.0.0' }
const base64 = (text: string) => Buffer.from(text).toString('base64')
const beginUpload: Ask = ({ event }) => ({
  headers: {
    ...TUS,
    'upload-length': '9',
    'upload-metadata': `eventId ${base64(event.id)},filename ${base64('a.jpg')}`,
  },
})
const ofUpload: Ask = async o => ({ params: { id: (await o.resumableUpload()).id }, headers: TUS })

const consent = FACE_SEARCH_CONSENT.en

export const catalogue: Readonly<Record<string, Ask>> = {
  'GET /api/events?scope=organized': ({ event }) => ({ query: { scope: 'organized' }, holds: [event.id] }),
  'GET /api/events?scope=crew': async o => ({ query: { scope: 'crew' }, holds: [(await o.plannedEvent()).id] }),
  'GET /api/events/:id': ({ event }) => ({ params: { id: event.slug } }),
  'GET /api/events/:id, planned': async o => ({ params: { id: (await o.plannedEvent()).id } }),
  'GET /api/events/:id, by code': async o => ({ params: { id: (await o.hiddenEvent()).id } }),
  'GET /media/:eventId/:size/:file, by code': async o => {
    const { eventId, id } = await o.hiddenPhoto()
    return { params: { eventId, size: 'small', file: `${id}.jpg` } }
  },
  'POST /api/events/:id/open': async o => ({ params: { id: (await o.openableEvent()).slug }, body: { code: CODE } }),
  'POST /api/events': () => ({ body: { ...FIELDS, slug: `run-${newId()}` } }),
  'GET /api/admin/events/:id': ofEvent,
  'PUT /api/events/:id': ({ event: { id, slug, revision } }) => ({
    params: { id },
    body: {
      ...FIELDS,
      slug,
      revision,
      description: { th: '', en: '' },
      visibility: 'public',
      approval: 'manual',
      watermarkText: 'Run',
      watermarkPlace: 'tiled',
      watermarkLogo: false,
      enhancePreviews: false,
      selfie: 'file',
      aroundMoments: true,
      faceBound: null,
      facesUntil: null,
      keptUntil: null,
      salesStart: null,
      salesEnd: null,
      organizerId: null,
      faceSearchWording: null,
    },
  }),
  'POST /api/events/:id/alerts': ({ event }) => ({
    params: { id: event.id },
    body: { email: `${newId()}@test.example`, locale: 'th' },
  }),
  'POST /api/event-alerts/look': async o => ({ body: { token: await o.alertToken() } }),
  'POST /api/event-alerts/confirm': async o => ({ body: { token: await o.alertToken() } }),
  'POST /api/event-alerts/withdraw': async o => ({ body: { token: await o.alertToken() } }),
  'GET /api/events/:id/announcement': ofEvent,
  'POST /api/events/:id/announce': async o => {
    await o.photo()
    return { params: { id: o.event.id } }
  },
  'POST /api/events/:id/duplicate': ({ event: { id } }) => ({
    params: { id },
    body: {
      slug: `copy-${newId()}`,
      name: FIELDS.name,
      startsAt: FIELDS.startsAt,
      endsAt: FIELDS.endsAt,
      packages: true,
      crew: true,
    },
  }),
  'PUT /api/events/:id/cover': async o => ({
    params: { id: o.event.id },
    body: { photoId: (await o.photo()).id },
  }),
  'DELETE /api/events/:id': async o => ({ params: { id: (await o.plannedEvent()).id } }),
  'PUT /api/events/:id/status': ({ event }) => ({ params: { id: event.id }, body: { status: 'closed' } }),

  'GET /api/events/:id/statistics': ofEvent,
  'POST /api/events/:id/visits': ofEvent,
  'GET /api/events/:id/photos': ofEvent,
  'GET /api/events/:id/photos/layout': ofEvent,
  'GET /api/events/:id/photos/crew': ofEvent,
  'GET /api/events/:id/photos/review': ofEvent,
  'GET /api/events/:id/photos/managed': ofEvent,
  'POST /api/events/:id/photos/retries': ofEvent,
  'POST /api/photos/deletions': ({ shop }) => ({ body: { photoIds: [shop.deps.newId()] } }),
  'POST /api/photos/moves': async o => {
    const { id } = await o.freshPhoto()
    await o.original(id)
    return { body: { eventId: (await o.plannedEvent()).id, photoIds: [id] } }
  },
  'GET /api/photos/:id/file': async o => {
    const { id } = await o.photo()
    await o.original(id)
    return { params: { id } }
  },
  'GET /api/photos/:id': ofPhoto,
  'GET /api/photos/:id, pending': ofPendingPhoto,
  'GET /api/photos/:id/metadata': ofPhoto,
  'GET /api/photos/:id/metadata, pending': ofPendingPhoto,
  'GET /api/photos/:id/faces': ofPhoto,
  'GET /e/:slug': ({ event }) => ({ params: { slug: event.slug } }),
  'GET /media/:eventId/:size/:file': async o => ({
    params: { eventId: o.event.id, size: 'small', file: `${(await o.photo()).id}.jpg` },
  }),
  'POST /api/photos/upload': upload,
  'POST /api/photos/batch-upload': upload,
  'GET /api/events/:id/cameras': ofEvent,
  'POST /api/events/:id/cameras': ofEvent,
  'DELETE /api/events/:id/cameras/:login': async o => ({ params: { id: o.event.id, login: await o.cameraLogin() } }),
  'POST /api/hooks/camera/sign-in': () => ({
    headers: HOOK,
    body: { username: `cam-${newId()}`, password: '-', ip: '203.0.113.7', protocol: 'FTP' },
  }),
  'POST /api/hooks/camera/upload': () => ({
    headers: HOOK,
    body: { action: 'upload', username: 'cam-zzzzzzzz', virtual_path: '/a.jpg', status: 1 },
  }),
  'POST /api/uploads': beginUpload,
  'HEAD /api/uploads/:id': ofUpload,
  'PATCH /api/uploads/:id': async o => ({
    params: { id: (await o.resumableUpload()).id },
    headers: { ...TUS, 'upload-offset': '0', 'content-type': TUS_BYTES },
    raw: 'abc',
  }),
  'DELETE /api/uploads/:id': ofUpload,
  'POST /api/photos/:id/retry': async o => ({ params: { id: (await o.failedPhoto()).id } }),
  'DELETE /api/photos/:id': async o => ({ params: { id: (await o.failedPhoto()).id } }),
  'GET /api/photographer/me/summary': () => ({}),
  'GET /api/photographer/me/morning': () => ({}),
  'GET /api/me/letters': () => ({}),
  'PUT /api/me/letters': () => ({
    body: { morning: true, firstSale: true, refused: true, organized: true, locale: 'th' },
  }),
  'POST /api/letters/stop': o => ({ query: { token: o.stopToken() } }),
  'GET /api/letters/stop': o => ({ query: { token: o.stopToken() } }),
  'GET /api/photographer/me/profile': () => ({}),
  'PUT /api/photographer/me/profile': ({ shop }) => ({
    body: { slug: `p-${shop.deps.newId().slice(-12)}`, name: 'Nok', about: '', shown: true },
  }),
  'GET /api/photographers/:slug': async o => ({ params: { slug: await o.portfolio() } }),
  'PUT /api/photos/:id/approve': ofPendingPhoto,
  'PUT /api/photos/:id/reject': async o => ({
    params: { id: (await o.pendingPhoto()).id },
    body: { reason: 'blurred' },
  }),
  'POST /api/photos/approvals': async o => ({
    body: { eventId: o.event.id, decision: 'approved', photoIds: [(await o.pendingPhoto()).id] },
  }),

  'POST /api/face/search': async ({ event }) => ({
    form: [
      ['eventId', event.id],
      ['consent', consent],
      ['selfie', await newPicture()],
    ],
  }),
  'POST /api/face/search/embedding': ({ event }) => ({
    body: { eventId: event.id, consent, modelVersion: MODEL, embedding, quality: 0.9 },
  }),
  'GET /api/face/search/:id/status': ofSearch,
  'POST /api/face/search/:id/face': async o => {
    const { id } = await o.search()
    const faceBoxes = [{ x: 0, y: 0, width: 1, height: 1 }]
    await o.db.update(searches).set({ state: 'choose_face', faceBoxes }).where(eq(searches.id, id))
    return { params: { id }, body: { index: 0 } }
  },
  'GET /api/face/search/:id/results': ofSearch,
  'GET /api/face/search/:id/around': ofSearch,
  'DELETE /api/face/search/:id': ofSearch,
  'PUT /api/face/search/:id/picks': async o => {
    const { id, photoId } = await o.search()
    return { params: { id }, body: { picks: [{ photoId, picked: false }] } }
  },
  'GET /api/me/found': async o => {
    await o.search()
    return { holds: [o.event.id] }
  },
  'DELETE /api/me/found/:eventId': async o => {
    await o.search()
    return { params: { eventId: o.event.id } }
  },
  'POST /api/face/feedback': async o => {
    const { id: searchId, photoId } = await o.search()
    return { body: { searchId, photoId, isMe: false } }
  },
  'GET /media/:eventId/faces/:file': async o => ({
    params: { eventId: o.event.id, file: `${(await o.person()).faceId}.jpg` },
  }),
  'POST /api/face/group': ({ event }) => ({ body: { eventId: event.id } }),
  'GET /api/events/:id/people': ofEvent,
  'GET /api/events/:id/people/:person/photos': async o => ({
    params: { id: o.event.id, person: (await o.person()).faceId },
  }),
  'GET /api/events/:id/face-engine': ofEvent,
  'POST /api/events/:id/face-engine': async o => {
    await o.readByOldEngine()
    return { params: { id: o.event.id }, body: { engine: 'sface' } }
  },
  'DELETE /api/events/:id/face-engine': async o => {
    await o.reread()
    return { params: { id: o.event.id } }
  },
}
