import type { EventForm } from '@pix/contracts/event-form.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useEventForm } from './use-event-form.ts'

await import('../../shell/words-testing.ts')

const EVENT: EventForm = {
  id: '019a0000-0000-7000-8000-000000000001',
  revision: 3,
  status: 'open',
  slug: 'river-run',
  name: { th: 'วิ่ง', en: 'River run' },
  description: { th: '', en: '' },
  category: 'run',
  venue: 'Pier',
  province: 'กรุงเทพมหานคร',
  startsAt: '2026-11-13T22:00:00.000Z',
  endsAt: '2026-11-14T03:00:00.000Z',
  salesStart: null,
  salesEnd: null,
  visibility: 'public',
  hasCode: false,
  approval: 'manual',
  organizerId: null,
  watermarkText: 'ThePixStock',
  faceSearchWording: null,
  watermarkPlace: 'tiled',
  watermarkLogo: false,
  enhancePreviews: false,
  selfie: 'file',
  aroundMoments: true,
  faceBound: null,
  engineBound: null,
  facesUntil: null,
  keptUntil: null,
  keptDays: { faces: 90, photos: 365 },
  coverPhotoId: null,
  logoUrl: null,
  photoCount: 0,
}

let answers: (() => Response | Promise<Response>)[]
let sent: { method: string; url: string; body: unknown }[]

beforeEach(() => {
  answers = []
  sent = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ method: init.method!, url, body: init.body ? JSON.parse(String(init.body)) : undefined })
    return answers.shift()!()
  })
})
afterEach(() => vi.unstubAllGlobals())

const refusal = (code: string, status: number, more = {}) => Response.json({ code, status, ...more }, { status })

test('nothing is sent while a field is wrong, and the field says so from then on', async () => {
  const { draft, faults, save } = useEventForm(undefined)
  expect(faults.value).toEqual({})
  expect(await save()).toBeUndefined()
  expect(faults.value).toMatchObject({ nameTh: 'required', slug: 'required' })
  draft.nameTh = 'วิ่ง'
  expect(faults.value.nameTh).toBeUndefined()
  expect(sent).toEqual([])
})

test('what was typed stays when a save fails, and is sent again as it is', async () => {
  const { draft, isDirty, saving, save } = useEventForm(EVENT)
  draft.venue = 'Harbour'
  answers.push(() => refusal('unavailable', 503))
  expect(await save()).toBeUndefined()
  expect(saving.value.status).toBe('failed')
  expect([draft.venue, isDirty.value]).toEqual(['Harbour', true])

  answers.push(() => Response.json({ ...EVENT, venue: 'Harbour', revision: 4 }))
  await save()
  expect(sent[1]!.body).toMatchObject({ venue: 'Harbour', revision: 3 })
  expect([saving.value.status, isDirty.value]).toEqual(['saved', false])
})

test('what is typed while a save is under way is not overwritten by its answer', async () => {
  const { draft, isDirty, save } = useEventForm(EVENT)
  draft.venue = 'Harbour'
  answers.push(() => {
    draft.nameEn = 'Typed meanwhile'
    return Response.json({ ...EVENT, venue: 'Harbour', revision: 4 })
  })
  await save()
  expect([draft.venue, draft.nameEn, isDirty.value]).toEqual(['Harbour', 'Typed meanwhile', true])
})

test('of two people who save, the second sees what the first changed, and saves their own change on top of it', async () => {
  const { draft, saving, save, resolve } = useEventForm(EVENT)
  draft.venue = 'Harbour'
  const theirs = { ...EVENT, revision: 4, province: 'ตรัง' }
  answers.push(
    () => refusal('event_changed', 409),
    () => Response.json(theirs),
  )
  await save()
  expect(saving.value).toMatchObject({ status: 'conflict', fields: ['province'] })
  expect(draft.venue).toBe('Harbour')

  resolve(true)
  answers.push(() => Response.json({ ...theirs, venue: 'Harbour', revision: 5 }))
  await save()
  expect(sent[2]!.body).toMatchObject({ venue: 'Harbour', province: 'ตรัง', revision: 4 })
})

test('who takes the other person’s state has it whole', async () => {
  const { draft, isDirty, save, resolve } = useEventForm(EVENT)
  draft.venue = 'Harbour'
  answers.push(
    () => refusal('event_changed', 409),
    () => Response.json({ ...EVENT, revision: 4, venue: 'Theirs' }),
  )
  await save()
  resolve(false)
  expect([draft.venue, isDirty.value]).toEqual(['Theirs', false])
})

test('a field that the api refuses is named beside it, a taken address too', async () => {
  const { draft, faults, save } = useEventForm(EVENT)
  draft.slug = 'other'
  answers.push(() => refusal('invalid_request', 422, { errors: [{ path: 'body.slug', message: 'is fixed' }] }))
  await save()
  expect(faults.value).toEqual({ slug: 'slugFixed' })
  answers.push(() => refusal('slug_taken', 409))
  await save()
  expect(faults.value).toEqual({ slug: 'slugTaken' })
})
