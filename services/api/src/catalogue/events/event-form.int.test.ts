import type { EventForm } from '@pix/contracts/event-form.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { eventPhotographers, events, organizers } from '@pix/db/schema/events.ts'
import { packages as packageRows } from '@pix/db/schema/pricing.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp, type TestApp } from '../../testing/test-app.ts'

type Headers = Record<string, string>

const read = async (t: TestApp, id: string, headers: Headers) =>
  (await t.app.inject({ url: `/api/admin/events/${id}`, headers })).json<EventForm>()

const put = (t: TestApp, id: string, payload: object, headers: Headers) =>
  t.app.inject({ method: 'PUT', url: `/api/events/${id}`, payload, headers })

/** What the form sends for what it read. */
function fieldsOf(form: EventForm) {
  const { id: _id, status: _status, photoCount: _count, hasCode: _code, ...more } = form
  const { engineBound: _bound, keptDays: _days, logoUrl: _logo, coverPhotoId: _cover, ...fields } = more
  return fields
}

test('every field of an event is replaced, and the audit says what each was and is', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const [organizer] = await t.db.insert(organizers).values({ id: t.deps.newId(), name: 'ชมรม' }).returning()
  const { id } = await t.event({ status: 'planning' })
  const before = await read(t, id, headers)
  const wanted = {
    ...fieldsOf(before),
    slug: 'another-run',
    name: { th: 'งานใหม่', en: 'New name' },
    description: { th: 'ก', en: 'b' },
    category: 'concert' as const,
    venue: 'Hall 5',
    province: 'เชียงใหม่',
    startsAt: '2026-12-31T11:00:00.000Z',
    endsAt: '2026-12-31T15:00:00.000Z',
    salesStart: '2027-01-01T00:00:00.000Z',
    salesEnd: '2027-02-01T00:00:00.000Z',
    visibility: 'link' as const,
    approval: 'trusted' as const,
    organizerId: organizer!.id,
    watermarkText: '© ๒๕๗๐',
    faceSearchWording: null,
    watermarkPlace: 'corner' as const,
    watermarkLogo: true,
    enhancePreviews: true,
    selfie: 'camera' as const,
    aroundMoments: false,
    faceBound: 1.5,
    facesUntil: '2027-03-01T00:00:00.000Z',
    keptUntil: '2027-04-01T00:00:00.000Z',
  }
  const answer = await put(t, id, wanted, headers)

  expect(answer.json()).toEqual({ ...before, ...wanted, revision: before.revision + 1 })
  expect(await read(t, id, headers)).toEqual(answer.json())
  const [line] = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'event.change'))
  const { startsAt, faceSearchWording } = before
  expect(line).toMatchObject({
    before: { venue: 'Lumphini', startsAt, faceSearchWording },
    after: { venue: 'Hall 5', startsAt: wanted.startsAt, faceSearchWording: null },
  })
})

test('of two people who change the same state the second is refused, and nothing of the first is lost', async () => {
  await using t = await testApp()
  const [one, two] = [await t.user('admin'), await t.user('admin')]
  const { id } = await t.event()
  const seen = await read(t, id, one.headers)
  const answers = await Promise.all([
    put(t, id, { ...fieldsOf(seen), venue: 'One' }, one.headers),
    put(t, id, { ...fieldsOf(seen), venue: 'Two' }, two.headers),
  ])

  expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
  expect(answers.find(({ statusCode }) => statusCode === 409)!.json().code).toBe('event_changed')
  const winner = answers.find(({ statusCode }) => statusCode === 200)!.json<EventForm>()
  expect(await read(t, id, one.headers)).toEqual(winner)
})

test('saving what is there already is no change: the revision stays and the audit has no line', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const { id } = await t.event()
  const seen = await read(t, id, headers)

  expect((await put(t, id, fieldsOf(seen), headers)).json()).toEqual(seen)
  expect(await t.db.select().from(auditEvents)).toEqual([])
})

test("an event's address is free to change in planning, then fixed, and never another event's", async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const others = [await t.event(), await t.event({ studioId: (await t.studio()).id })]
  const { id } = await t.event({ status: 'planning' })
  const seen = await read(t, id, headers)

  for (const { slug } of others)
    expect((await put(t, id, { ...fieldsOf(seen), slug }, headers)).json().code).toBe('slug_taken')
  const asId = await put(t, id, { ...fieldsOf(seen), slug: others[0]!.id }, headers)
  expect(asId.json().errors).toEqual([{ path: 'body.slug', message: 'is no address of an event' }])
  await t.db.update(events).set({ status: 'open' }).where(eq(events.id, id))
  const late = await put(t, id, { ...fieldsOf(seen), slug: 'too-late' }, headers)
  expect(late.statusCode).toBe(422)
  expect(late.json().errors[0].path).toBe('body.slug')
})

test('a new wording about face search is recorded with who gave it and when; the same wording keeps its record', async () => {
  await using t = await testApp()
  const [first, second] = [await t.user('admin'), await t.user('admin')]
  const { id } = await t.event({ faceSearchBy: first.id })
  const basis = async () => (await t.db.select().from(events).where(eq(events.id, id)))[0]!
  const seen = await read(t, id, second.headers)
  const moved = (await put(t, id, { ...fieldsOf(seen), venue: 'Elsewhere' }, second.headers)).json<EventForm>()
  expect((await basis()).faceSearchBy).toBe(first.id)

  const worded = { ...fieldsOf(moved), faceSearchWording: 'A sign at the gate says so.' }
  await put(t, id, worded, second.headers)
  expect(await basis()).toMatchObject({ faceSearchBy: second.id, faceSearchWording: worded.faceSearchWording })
})

test('impossible dates, an organizer that is none and a missing field are named, and nothing is stored', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  const { id } = await t.event()
  const seen = await read(t, id, headers)
  const fields = fieldsOf(seen)
  const refused = await put(
    t,
    id,
    {
      ...fields,
      endsAt: '2026-10-31T00:00:00Z',
      salesStart: '2026-11-02T00:00:00Z',
      salesEnd: '2026-11-02T00:00:00Z',
      organizerId: t.deps.newId(),
      facesUntil: '2026-10-30T00:00:00Z',
    },
    headers,
  )
  expect(refused.json().errors.map(({ path }: { path: string }) => path)).toEqual([
    'body.endsAt',
    'body.salesEnd',
    'body.facesUntil',
    'body.organizerId',
  ])
  const { watermarkText: _, ...without } = fields
  expect((await put(t, id, without, headers)).json().errors[0].path).toBe('body.watermarkText')
  expect((await put(t, id, { ...fields, visibility: 'code' }, headers)).json().errors[0].path).toBe('body.code')
  expect(await read(t, id, headers)).toEqual(seen)
})

const at = (day: number) => ({ startsAt: new Date(Date.UTC(2026, 0, day)), endsAt: new Date(Date.UTC(2026, 0, day)) })

test('the list of managed events has every status, photos that wait, and narrows by status and text page by page', async () => {
  await using t = await testApp()
  const [admin, photographer] = [await t.user('admin'), await t.user('photographer')]
  const planned = await t.event({ ...at(3), status: 'planning', nameTh: 'วิ่งน้ำตก' })
  const sold = await t.event({ ...at(2), visibility: 'link' })
  const old = await t.event({ ...at(1), status: 'archived' })
  await t.photo(sold.id, photographer.id)
  await t.photo(sold.id, photographer.id, { approval: 'pending' })
  const failed = { state: 'failed', approval: 'pending', failure: 'damaged', processedAt: null } as const
  await t.photo(sold.id, photographer.id, failed)
  await t.photo(old.id, photographer.id, failed)
  // What was rejected or taken down asks for nothing.
  const refused = { ...failed, approval: 'rejected', rejectReason: 'x' } as const
  await t.photo(sold.id, photographer.id, refused)
  await t.photo(planned.id, photographer.id, { ...refused, takenDownAt: new Date() })
  const list = async (query: string) => {
    const answer = await t.app.inject({ url: `/api/admin/events?${query}`, headers: admin.headers })
    return answer.json<{
      items: { id: string; photoCount: number; waitingCount: number; failedCount: number }[]
      nextCursor: string | null
    }>()
  }
  const idsOf = async (query: string) => (await list(query)).items.map(({ id }) => id)

  expect(await idsOf('')).toEqual([planned.id, sold.id, old.id])
  const first = await list('limit=2')
  expect(first.items[1]).toMatchObject({ photoCount: 1, waitingCount: 1, failedCount: 1 })
  expect(await idsOf('failed=yes')).toEqual([sold.id, old.id])
  expect(await idsOf(`limit=2&cursor=${first.nextCursor}`)).toEqual([old.id])
  expect(await idsOf('status=archived')).toEqual([old.id])
  expect(await idsOf(`text=${encodeURIComponent('น้ำตก')}`)).toEqual([planned.id])
  expect(await idsOf('archived=without')).toEqual([planned.id, sold.id])
  expect(await idsOf('from=2026-01-02&to=2026-01-02')).toEqual([sold.id])
  await t.db.update(events).set({ province: 'ตรัง' }).where(eq(events.id, old.id))
  expect(await idsOf(`province=${encodeURIComponent('ตรัง')}`)).toEqual([old.id])
  const counts = await t.app.inject({ url: '/api/admin/events/counts?from=2026-01-02', headers: admin.headers })
  expect(counts.json()).toEqual({ planning: 1, open: 0, on_sale: 1, closed: 0, archived: 0 })
  const byPhotographer = await t.app.inject({ url: '/api/admin/events', headers: photographer.headers })
  expect(byPhotographer.statusCode).toBe(403)
})

test('organizers are listed by name, page by page', async () => {
  await using t = await testApp()
  const { headers } = await t.user('admin')
  for (const name of ['ข', 'ก', 'Club']) await t.db.insert(organizers).values({ id: t.deps.newId(), name })
  const list = async (query: string) =>
    (await t.app.inject({ url: `/api/admin/organizers?${query}`, headers })).json<{
      items: { name: string }[]
      nextCursor: string | null
    }>()

  const names: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await list(cursor === '' ? 'limit=2' : `limit=2&cursor=${cursor}`)
    names.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor
  }
  expect(names.toSorted()).toEqual(['Club', 'ก', 'ข'])
})

test('the list of managed events is of one studio; a studio of others is not there, whatever the address says', async () => {
  await using t = await testApp()
  const [mine, theirs] = [await t.studio(), await t.studio()]
  const [event] = [await t.event({ studioId: mine.id }), await t.event({ studioId: theirs.id })]
  const { headers } = await t.member(mine.id, 'manager')
  const list = async (query: string) => {
    const answer = await t.app.inject({ url: `/api/admin/events${query}`, headers })
    return answer.statusCode === 200 ? answer.json().items.map(({ id }: { id: string }) => id) : answer.statusCode
  }
  for (const query of ['', `?studio=${mine.id}`]) expect(await list(query)).toEqual([event.id])
  expect(await list(`?studio=${theirs.id}`)).toBe(404)
})

test('staff choose the cover among the photos on sale, it stays while it is on sale, and the audit says which it was', async () => {
  await using t = await testApp()
  const [admin, photographer] = [await t.user('admin'), await t.user('photographer')]
  const [{ id }, other] = [await t.event(), await t.event()]
  const chosen = await t.photo(id, photographer.id)
  const refused = [
    await t.photo(id, photographer.id, { approval: 'pending' }),
    await t.photo(other.id, photographer.id),
  ]
  const choose = async (photoId: string) => {
    const request = { method: 'PUT', url: `/api/events/${id}/cover`, payload: { photoId } } as const
    return (await t.app.inject({ ...request, headers: admin.headers })).statusCode
  }
  for (const photo of refused) expect(await choose(photo.id)).toBe(404)
  expect([await choose(chosen.id), await choose(chosen.id)]).toEqual([204, 204])
  expect((await t.app.inject({ url: `/api/events/${id}` })).json().coverPhotoId).toBe(chosen.id)
  const lines = await t.db.select().from(auditEvents).where(eq(auditEvents.action, 'event.cover'))
  expect(lines.map(({ after }) => after)).toEqual([{ coverPhotoId: chosen.id }])
})

test('a copy of an event has what is said about it, and its packages and crew where the request says so; no photo, code or basis', async () => {
  await using t = await testApp()
  const [admin, photographer] = [await t.user('admin'), await t.user('photographer')]
  const { id } = await t.event({ visibility: 'code', codeHash: 'x', venue: 'Pier 4', watermarkPlace: 'corner' })
  await t.invite(id, photographer.id)
  await t.photo(id, photographer.id)
  const packages = { kind: 'single' as const, nameTh: 'รูป', nameEn: 'Photo', photoCount: 1, price: 7_000 }
  await t.db.insert(packageRows).values({ id: t.deps.newId(), studioId: HOUSE_STUDIO, eventId: id, ...packages })
  const place = {
    name: { th: 'ปีหน้า', en: 'Next year' },
    startsAt: '2027-11-01T00:00:00Z',
    endsAt: '2027-11-01T06:00:00Z',
  }
  const copy = async (more: object) => {
    const payload = { ...place, packages: true, crew: true, ...more }
    return t.app.inject({ method: 'POST', url: `/api/events/${id}/duplicate`, payload, headers: admin.headers })
  }
  const whole = (await copy({ slug: 'next-year' })).json<{ id: string }>()
  expect((await copy({ slug: 'next-year' })).json().code).toBe('slug_taken')
  const bare = (await copy({ slug: 'other-year', packages: false, crew: false })).json<{ id: string }>()

  const form = await read(t, whole.id, admin.headers)
  expect(form).toMatchObject({ status: 'planning', venue: 'Pier 4', watermarkPlace: 'corner', visibility: 'code' })
  expect(form).toMatchObject({ hasCode: false, faceSearchWording: null, photoCount: 0, name: place.name })
  const had = async (of: string) => [
    (await t.db.select().from(packageRows).where(eq(packageRows.eventId, of))).map(({ price }) => price),
    (await t.db.select().from(eventPhotographers).where(eq(eventPhotographers.eventId, of))).map(row => row.userId),
  ]
  expect(await had(whole.id)).toEqual([[7_000], [photographer.id]])
  expect(await had(bare.id)).toEqual([[], []])
})
