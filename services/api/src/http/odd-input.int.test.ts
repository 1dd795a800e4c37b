import { expect, test } from 'vitest'
import { newId } from '@pix/db/ids.ts'
import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { type TestApp, testApp } from '../testing/test-app.ts'

const ID = newId()
const cursorOf = (...keys: unknown[]) => Buffer.from(JSON.stringify(keys)).toString('base64url')
const LONE = '\ud800'
/** JSON as a hostile client writes it: `JSON.stringify` would escape nothing else. */
const body = (value: unknown) => JSON.stringify(value)

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Row = [what: string, status: number, method: Method, url: string, payload?: string]

const event = (more: object) =>
  body({
    slug: 'a-run',
    name: { th: 'a', en: 'a' },
    category: 'run',
    venue: '',
    province: '',
    startsAt: '2026-11-01T00:00:00Z',
    endsAt: '2026-11-01T06:00:00Z',
    ...more,
  })
const probe = (more: object) =>
  body({
    eventId: ID,
    consent: FACE_SEARCH_CONSENT.th,
    modelVersion: 'm',
    embedding: Array(128).fill(0.1),
    quality: 1,
    ...more,
  })
const packages = (more: object) =>
  body({
    items: [
      { kind: 'bundle', name: { th: 'a', en: 'a' }, photoCount: 3, price: { amount: 1, currency: 'THB' }, ...more },
    ],
  })
const price = (amount: unknown) => ({ amount, currency: 'THB' })
const order = (more: object) => body({ email: 'a@test.example', locale: 'th', expectedTotal: price(100), ...more })

const STANDARD = { platformBp: 3_000, studioBp: 0, photographerBp: 5_000, organizerBp: 2_000, preset: 'standard' }
const splitRule = (more: object) => body({ studioId: null, ...STANDARD, ...more })

/** Each is sent as an admin with a visitor's cookie. `EVENT` in an address stands for an event that is there. */
const ROWS: Row[] = [
  ['a cursor beyond the calendar', 422, 'GET', `/api/events?cursor=${cursorOf(8.6e15, ID)}`],
  ['a cursor before the calendar', 422, 'GET', `/api/events?cursor=${cursorOf(-8.6e15, ID)}`],
  ['a cursor in the year 10000', 422, 'GET', `/api/events?cursor=${cursorOf(253402300800000, ID)}`],
  ['a cursor in the year 0', 422, 'GET', `/api/events?cursor=${cursorOf(-62135596800001, ID)}`],
  ['a cursor on the last day', 200, 'GET', `/api/events?cursor=${cursorOf(253402300799999, ID)}`],
  ['a cursor on the first day', 200, 'GET', `/api/events?cursor=${cursorOf(-62135596800000, ID)}`],
  ['a cursor of half a millisecond', 422, 'GET', `/api/events?cursor=${cursorOf(0.5, ID)}`],
  ['a cursor with half a letter', 422, 'GET', `/api/events?cursor=${cursorOf(LONE, ID)}`],
  ['a cursor without an id', 422, 'GET', `/api/events?cursor=${cursorOf(0, LONE)}`],
  ['a cursor that is no list', 422, 'GET', `/api/events?cursor=${Buffer.from('{"0":1}').toString('base64url')}`],
  ['a cursor with U+0000', 422, 'GET', '/api/events?cursor=%00'],
  ['a gallery cursor beyond the calendar', 422, 'GET', `/api/events/EVENT/photos?cursor=${cursorOf(8.6e15, ID)}`],
  [
    'a gallery cursor in the year 10000',
    422,
    'GET',
    `/api/events/EVENT/photos?cursor=${cursorOf(253402300800000, ID)}`,
  ],
  ['a crew cursor beyond the calendar', 422, 'GET', `/api/events/EVENT/photos/crew?cursor=${cursorOf(8.6e15, ID)}`],
  ['a people cursor over 2³¹', 422, 'GET', `/api/events/EVENT/people?cursor=${cursorOf(2 ** 31, ID)}`],
  ['a people cursor under 0', 422, 'GET', `/api/events/EVENT/people?cursor=${cursorOf(-1, ID)}`],
  ['a people cursor over 2⁶³', 422, 'GET', `/api/events/EVENT/people?cursor=${cursorOf(1e300, ID)}`],
  ['photos from the year 0', 422, 'GET', '/api/events/EVENT/photos?from=0000-01-01T00:00:00Z'],
  ['photos until a year of six digits', 422, 'GET', '/api/events/EVENT/photos?to=%2B275760-09-13T00:00:00Z'],
  ['photos from a year before Christ', 422, 'GET', '/api/events/EVENT/photos?from=-000001-01-01T00:00:00Z'],
  ['photos on 30 February', 422, 'GET', '/api/events/EVENT/photos?from=2026-02-30T00:00:00Z'],
  [
    'photos of the whole calendar',
    200,
    'GET',
    '/api/events/EVENT/photos?from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z',
  ],
  ['revenue from the year 0', 422, 'GET', '/api/revenue/summary?from=0000-01-01'],
  ['revenue until a year of six digits', 422, 'GET', '/api/revenue/summary?to=275760-09-13'],
  ['revenue of an event from the year 0', 422, 'GET', '/api/revenue/events/EVENT?from=0000-12-31'],
  ['revenue of the whole calendar', 200, 'GET', '/api/revenue/summary?from=0001-01-01&to=9999-12-31'],
  ['revenue of an event and the whole calendar', 200, 'GET', '/api/revenue/events/EVENT?from=0001-01-01&to=9999-12-31'],
  ['a limit over 2³¹', 422, 'GET', '/api/events?limit=99999999999'],
  ['a limit that is no number', 422, 'GET', '/api/events?limit=1e400'],
  ['text with U+0000', 422, 'GET', '/api/events?text=%00'],
  ['a province with U+0000', 422, 'GET', '/api/events?province=%00'],
  ['text that is no UTF-8', 200, 'GET', '/api/events?text=%ED%A0%80'],
  ['an address with U+0000', 404, 'GET', '/api/events/%00'],
  ['an address that is no UTF-8', 400, 'GET', '/api/events/%ED%A0%80'],
  ['an address of 5,000 letters', 400, 'GET', `/api/events/${'x'.repeat(5_000)}`],
  ['a photo with U+0000', 404, 'GET', '/api/photos/%00'],
  ['media with U+0000', 404, 'GET', '/media/%00/small/%00.jpg'],
  ['an event in the year 0', 422, 'POST', '/api/events', event({ startsAt: '0000-01-01T00:00:00Z' })],
  ['an event in the year 9999', 422, 'POST', '/api/events', event({ endsAt: '9999-12-31T23:59:59Z' })],
  ['a sale in the year 1', 422, 'POST', '/api/events', event({ salesStart: '0001-01-01T00:00:00Z' })],
  ['a sale until the year 9999', 422, 'POST', '/api/events', event({ salesEnd: '9999-12-31T23:59:59Z' })],
  ['a name with U+0000', 422, 'POST', '/api/events', event({ name: { th: 'a\0', en: 'a' } })],
  ['a name with half a letter', 422, 'POST', '/api/events', event({ name: { th: `a${LONE}`, en: 'a' } })],
  ['a venue with half a letter', 422, 'POST', '/api/events', event({ venue: LONE })],
  ['a description with U+0000', 422, 'POST', '/api/events', event({ description: { th: '\0', en: '' } })],
  ['a watermark with half a letter', 422, 'POST', '/api/events', event({ watermarkText: LONE })],
  ['a wording with U+0000', 422, 'POST', '/api/events', event({ faceSearchWording: '\0' })],
  ['a reason with half a letter', 422, 'PUT', `/api/photos/${ID}/reject`, body({ reason: LONE })],
  [
    'a bulk reason with U+0000',
    422,
    'POST',
    '/api/photos/approvals',
    body({ eventId: ID, decision: 'rejected', reason: '\0', photoIds: [ID] }),
  ],
  ['a package of 2³¹ photos', 422, 'POST', '/api/events/EVENT/packages', packages({ photoCount: 2 ** 31 })],
  ['a package for 2³¹ satang', 422, 'POST', '/api/events/EVENT/packages', packages({ price: price(2 ** 31) })],
  ['a package for half a satang', 422, 'POST', '/api/events/EVENT/packages', packages({ price: price(0.5) })],
  ['a package with U+0000', 422, 'POST', '/api/events/EVENT/packages', packages({ name: { th: '\0', en: 'a' } })],
  [
    'a password with U+0000 and half a letter',
    422,
    'POST',
    '/api/auth/login',
    body({ email: 'a@test.example', password: `\0${LONE}` }),
  ],
  [
    'an address of mail with U+0000, which is cleaned away',
    401,
    'POST',
    '/api/auth/login',
    body({ email: 'a\0@test.example', password: 'x' }),
  ],
  ['a consent with half a letter', 422, 'POST', '/api/face/search/embedding', probe({ consent: LONE })],
  ['models with U+0000', 422, 'POST', '/api/face/search/embedding', probe({ modelVersion: '\0' })],
  ['an embedding of giants', 422, 'POST', '/api/face/search/embedding', probe({ embedding: Array(128).fill(1e300) })],
  [
    'an embedding beyond numbers',
    422,
    'POST',
    '/api/face/search/embedding',
    probe({}).replace('"quality":1', '"quality":1e400'),
  ],
  ['face 2³¹', 422, 'POST', `/api/face/search/${ID}/face`, body({ index: 2 ** 31 })],
  [
    'feedback with a number beyond numbers',
    422,
    'POST',
    '/api/face/feedback',
    `{"searchId":"${ID}","photoId":"${ID}","isMe":1e400}`,
  ],
  ['a package choice of half a letter', 422, 'PUT', '/api/cart/package', body({ choice: LONE })],
  ['a cart photo of half a letter', 422, 'POST', '/api/cart/items', body({ photoIds: [LONE] })],
  ['a cart of another word', 422, 'POST', '/api/cart/items', body({ photoIds: [ID], replaceOtherEvent: LONE })],
  ['a total over 2⁵³', 422, 'POST', '/api/orders', order({ expectedTotal: price(2 ** 53) })],
  ['a total of 10³⁰⁰', 422, 'POST', '/api/orders', order({ expectedTotal: price(1e300) })],
  ['a buyer with U+0000, which is cleaned away', 409, 'POST', '/api/orders', order({ email: 'a\0@test.example' })],
  ['a payment for half a letter', 422, 'POST', '/api/payment/create', body({ orderId: LONE })],
  ['a split that is named premium and is another', 422, 'POST', '/api/split-rules', splitRule({ preset: 'premium' })],
  ['a split with more than the whole', 422, 'POST', '/api/split-rules', splitRule({ platformBp: 10_000 })],
  ['JSON that ends early', 400, 'POST', '/api/auth/login', '{"email": "a'],
  ['JSON of another encoding', 400, 'POST', '/api/auth/login', '\u0000{'],
]

async function send(t: TestApp, [, , method, url, payload]: Row, eventId: string, headers: Record<string, string>) {
  return t.app.inject({
    method,
    url: url.replace('EVENT', eventId),
    headers: {
      ...headers,
      ...(payload === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': newId() }),
    },
    ...(payload === undefined ? {} : { payload }),
  })
}

test(`each of ${ROWS.length} odd inputs is answered as its sender's fault, or works`, async () => {
  await using t = await testApp({
    settings: { LIMIT_REQUESTS_PER_MINUTE: '100000', LIMIT_SEARCHES_PER_MINUTE: '1000' },
  })
  const [{ id }, admin, visitor] = [await t.event(), await t.user('admin'), await t.visitor()]
  const wrong: string[] = []
  for (const row of ROWS) {
    const answer = await send(t, row, id, { ...visitor.headers, ...admin.headers })
    if (answer.statusCode !== row[1])
      wrong.push(`${row[0]}: ${answer.statusCode} instead of ${row[1]}: ${answer.body.slice(0, 200)}`)
  }
  expect(wrong).toEqual([])
})
