import { auditEvents } from '@pix/db/schema/audit.ts'
import { expect, test } from 'vitest'
import { testApp } from '../../testing/test-app.ts'

const body = {
  slug: 'bangkok-run-2026',
  name: { th: 'วิ่งกรุงเทพ ๒๕๖๙', en: 'Bangkok Run 2026' },
  category: 'run',
  venue: 'สวนลุมพินี',
  province: 'Bangkok',
  startsAt: '2026-11-01T00:00:00Z',
  endsAt: '2026-11-01T06:00:00Z',
}

test('an event is created in planning, hidden from the public, and becomes visible on sale', async () => {
  await using t = await testApp()
  const admin = await t.user('admin')
  const post = () => t.app.inject({ method: 'POST', url: '/api/events', payload: body, headers: admin.headers })

  const created = await post()
  expect(created.statusCode).toBe(201)
  expect(created.json()).toMatchObject({ slug: body.slug, status: 'planning', onSaleNow: false, faceSearch: null })
  expect((await post()).json().code).toBe('slug_taken')

  const see = () => t.app.inject({ url: `/api/events/${body.slug}` })
  expect((await see()).statusCode).toBe(404)
  const move = (status: string) =>
    t.app.inject({
      method: 'PUT',
      url: `/api/events/${created.json().id}/status`,
      payload: { status },
      headers: admin.headers,
    })
  expect((await move('on_sale')).json().code).toBe('illegal_status')
  expect((await move('open')).statusCode).toBe(200)
  expect((await see()).statusCode).toBe(404)
  expect((await move('on_sale')).json()).toMatchObject({ status: 'on_sale', onSaleNow: true })
  expect((await see()).json()).toMatchObject({ name: body.name, cheapestPrice: { amount: 6000, currency: 'THB' } })
  expect((await t.db.select().from(auditEvents)).map(row => row.action)).toEqual([
    'event.create',
    'event.status',
    'event.status',
  ])
})

test('a watermark that nobody could see is refused where it is set', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const post = async (watermarkText: string, slug: string) =>
    (await t.app.inject({ method: 'POST', url: '/api/events', payload: { ...body, slug, watermarkText }, headers }))
      .statusCode
  for (const text of ['\u200b', '\u200d\u2060', '\u3164', '\u2800\u2800', '\u034f', '\u0e31'])
    expect([text, await post(text, 'unseen')]).toEqual([text, 422])
  for (const [i, text] of ['ThePixStock', 'วิ่ง ๒๕๖๙', '©', '🏃\u200d♀️'].entries())
    expect([text, await post(text, `seen-${i}`)]).toEqual([text, 201])
})

test('an event says which models a device must read a selfie with, once its photos are read', async () => {
  await using t = await testApp()
  const faceSearchOf = async ({ id }: { id: string }) =>
    (await t.app.inject({ url: `/api/events/${id}` })).json().faceSearch
  expect(await faceSearchOf(await t.event())).toMatchObject({ model: null })
  expect(await faceSearchOf(await t.event({ faceModel: 'a model' }))).toMatchObject({ model: 'a model' })
  const off = { faceModel: 'a model', faceSearchWording: null, faceSearchBy: null, faceSearchAt: null }
  expect(await faceSearchOf(await t.event(off))).toBeNull()
})

test('the sales dates are enforced', async () => {
  await using t = await testApp()
  const now = Date.now()
  const later = await t.event({ salesStart: new Date(now + 3_600_000), salesEnd: new Date(now + 7_200_000) })
  const onSaleNow = async () => (await t.app.inject({ url: `/api/events/${later.id}` })).json().onSaleNow
  expect(await onSaleNow()).toBe(false)
  t.forward(3_700_000)
  expect(await onSaleNow()).toBe(true)
  t.forward(3_700_000)
  expect(await onSaleNow()).toBe(false)
})

const at = (day: number) => ({ startsAt: new Date(Date.UTC(2026, 0, day)), endsAt: new Date(Date.UTC(2026, 0, day)) })

test('the list shows public events on sale or closed, newest first, page by page', async () => {
  await using t = await testApp()
  const shown = [await t.event(at(1)), await t.event(at(3)), await t.event({ ...at(2), status: 'closed' })]
  await t.event({ ...at(4), status: 'open' })
  await t.event({ ...at(5), visibility: 'link' })
  await t.event({ ...at(6), status: 'archived' })

  const first = (await t.app.inject({ url: '/api/events?limit=2' })).json()
  const second = (await t.app.inject({ url: `/api/events?limit=2&cursor=${first.nextCursor}` })).json()

  expect(first.items.map((event: { id: string }) => event.id)).toEqual([shown[1]!.id, shown[2]!.id])
  expect(second.items.map((event: { id: string }) => event.id)).toEqual([shown[0]!.id])
  expect(second.nextCursor).toBeNull()
})

test('Thai and English text is found, also in the middle of a name; wildcards are only characters', async () => {
  await using t = await testApp()
  await t.event({ nameTh: 'มาราธอนเชียงใหม่', nameEn: 'Chiang Mai 100% Marathon', province: 'เชียงใหม่' })
  await t.event({ nameTh: 'รับปริญญา', nameEn: 'Graduation' })
  const found = async (text: string) =>
    (await t.app.inject({ url: `/api/events?text=${encodeURIComponent(text)}` }))
      .json()
      .items.map((event: { name: { en: string } }) => event.name.en)

  expect(await found('ราธอน')).toEqual(['Chiang Mai 100% Marathon'])
  expect(await found('marathon เชียงใหม่')).toEqual(['Chiang Mai 100% Marathon'])
  expect(await found('0% M')).toEqual(['Chiang Mai 100% Marathon'])
  expect(await found('%')).toEqual(['Chiang Mai 100% Marathon'])
  expect(await found('_')).toEqual([])
})

test('text is found however it is spelled: sara am, tone marks, Thai digits, Buddhist years, full width and case', async () => {
  await using t = await testApp()
  await t.event({
    nameTh: 'วิ่งล่องน้ำ ปี ๒๕๖๙',
    nameEn: 'River Run 2026',
    province: 'ลำปาง',
    venue: 'แม่น้ำวัง',
    startsAt: new Date('2026-12-31T18:00:00Z'), // 2027 in Bangkok
    endsAt: new Date('2026-12-31T20:00:00Z'),
  })
  const earlier = { startsAt: new Date('2025-05-01T00:00:00Z'), endsAt: new Date('2025-05-01T05:00:00Z') }
  await t.event({ nameTh: 'งานอื่น', nameEn: 'Another', province: 'ตรัง', venue: 'x', ...earlier })
  const found = async (text: string) =>
    (await t.app.inject({ url: `/api/events?text=${encodeURIComponent(text)}` }))
      .json()
      .items.map((event: { name: { en: string } }) => event.name.en)

  const SARA_AM = ['\u0e33', '\u0e4d\u0e32']
  const water = [
    '\u0e19\u0e49\u0e33',
    '\u0e19\u0e33\u0e49',
    '\u0e19\u0e49\u0e4d\u0e32',
    '\u0e19\u0e4d\u0e49\u0e32',
    '\u0e19\u0e4d\u0e32\u0e49',
    '\u0e19\u200b\u0e49\u0e33',
  ]
  const spellings = [
    ...SARA_AM.map(am => `ล${am}ปาง`),
    ...water.map(spelled => `แม่${spelled}`),
    'เเม่น้ำ',
    'ว\u0e48\u0e34ง',
    '２０２６',
    '2026',
    '2569',
    '๒๕๖๙',
    '256',
    '2027',
    '๒๕๗๐',
    'ｒｉｖｅｒ　ＲＵＮ',
    'RIVER',
    'ล่องน้ำ 2569',
  ]
  for (const spelled of spellings) expect([spelled, await found(spelled)]).toEqual([spelled, ['River Run 2026']])
  expect(await found('％')).toEqual([])
  expect(await found('2024')).toEqual([])
  expect(await found('อื่น')).toEqual(['Another'])
})

test('counts and cover show approved photos only', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const event = await t.event()
  await t.photo(event.id, photographer.id)
  await t.photo(event.id, photographer.id, { takenAt: new Date('2026-11-01T01:20:00Z') })
  await t.photo(event.id, photographer.id, { approval: 'pending' })
  const { items } = (await t.app.inject({ url: '/api/events' })).json()
  const detail = (await t.app.inject({ url: `/api/events/${event.id}` })).json()

  expect(items[0]).toMatchObject({ photoCount: 2, coverUrl: null })
  expect(detail.timeline).toEqual([
    { at: '2026-11-01T01:00:00.000Z', count: 1 },
    { at: '2026-11-01T01:15:00.000Z', count: 1 },
  ])
})

test('crew sees what it works on and nothing else', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const hidden = await t.event({ status: 'open' })
  const other = await t.event({ status: 'open' })
  await t.invite(hidden.id, photographer.id)
  const list = async (headers = {}) => t.app.inject({ url: '/api/events?scope=crew', headers })

  const { items } = (await list(photographer.headers)).json()
  expect(items.map((event: { id: string }) => event.id)).toEqual([hidden.id])
  expect((await list()).json().code).toBe('unauthorized')
  expect((await list((await t.user('customer')).headers)).json().items).toEqual([])
  const get = (id: string) => t.app.inject({ url: `/api/events/${id}`, headers: photographer.headers })
  expect((await get(hidden.id)).statusCode).toBe(200)
  expect((await get(other.id)).statusCode).toBe(404)
})

test('a photographer neither creates nor moves events, nor says who works on them', async () => {
  await using t = await testApp()
  const photographer = await t.user('photographer')
  const event = await t.event()
  const asked = [
    { method: 'POST', url: '/api/events', payload: body },
    { method: 'PUT', url: `/api/events/${event.id}/status`, payload: { status: 'closed' } },
    { method: 'PUT', url: `/api/events/${event.id}/photographers/${photographer.id}`, payload: { trusted: true } },
  ] as const
  for (const request of asked) {
    expect((await t.app.inject(request)).statusCode).toBe(401)
    expect((await t.app.inject({ ...request, headers: photographer.headers })).statusCode).toBe(403)
  }
})

test('a public read has an ETag and answers 304 to it; a read by crew is not kept', async () => {
  await using t = await testApp()
  const event = await t.event()
  const first = await t.app.inject({ url: `/api/events/${event.id}` })
  expect(first.headers['cache-control']).toContain('public')

  const again = await t.app.inject({
    url: `/api/events/${event.id}`,
    headers: { 'if-none-match': String(first.headers.etag) },
  })

  expect(again.statusCode).toBe(304)
  expect(again.body).toBe('')
  const { headers } = await t.user('admin')
  expect((await t.app.inject({ url: `/api/events/${event.id}`, headers })).headers['cache-control']).toBe('no-store')
})

test('impossible dates, unknown fields and wrong types are named', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const post = async (more: object) =>
    (await t.app.inject({ method: 'POST', url: '/api/events', payload: { ...body, ...more }, headers })).json()

  expect((await post({ endsAt: '2026-10-01T00:00:00Z' })).errors).toEqual([
    { path: 'body.endsAt', message: 'is before startsAt' },
  ])
  expect(await post({ surprise: 1 })).toMatchObject({ code: 'invalid_request', status: 422 })
  expect((await post({ category: 'war' })).errors[0].path).toBe('body.category')
})
