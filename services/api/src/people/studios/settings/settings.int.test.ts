import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { logoKey, uploadKey } from '@pix/platform/storage-keys.ts'
import { MAIN_BUCKET, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import type { StudioSettings } from '@pix/contracts/studio-settings.ts'
import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '../../accounts/index.ts'
import { type TestApp, testApp } from '../../../testing/test-app.ts'

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100, 1)])

let t: TestApp
let studio: typeof studios.$inferSelect
let owner: Person
let manager: Person
type Person = Awaited<ReturnType<TestApp['member']>>
beforeAll(async () => {
  t = await testApp()
})
afterAll(() => t[Symbol.asyncDispose]())
beforeEach(async () => {
  studio = await t.studio()
  owner = await t.member(studio.id, 'owner')
  manager = await t.member(studio.id, 'manager')
})

const at = (rest: string) => `/api/studios/${studio.id}/${rest}`
const read = async (who = manager) =>
  (await t.app.inject({ url: at('settings'), headers: who.headers })).json<StudioSettings>()
const put = (rest: string, payload: object, who = manager) =>
  t.app.inject({ method: 'PUT', url: at(rest), headers: who.headers, payload })
async function sendLogo(bytes: Buffer) {
  const data = new FormData()
  data.append('logo', new Blob([new Uint8Array(bytes)]), 'logo.svg')
  const { body, headers } = new Request('http://form.test', { method: 'POST', body: data })
  const payload = Buffer.from(await new Response(body).arrayBuffer())
  const type = headers.get('content-type')!
  return t.app.inject({
    method: 'POST',
    url: at('logo'),
    payload,
    headers: { ...manager.headers, 'content-type': type },
  })
}
const row = async () => (await t.db.select().from(studios).where(eq(studios.id, studio.id)))[0]!

test('owner and manager change names and colour, and see the address of the shop; each change is in the audit', async () => {
  const name = { th: 'ร้านใหม่', en: 'New name' }
  expect((await put('look', { name, accentColor: '#3b5bdb' })).statusCode).toBe(200)
  expect(await read(owner)).toMatchObject({
    name,
    accentColor: '#3b5bdb',
    address: `http://${studio.slug}.shop.test`,
    gateways: ['paynoi'],
    gateway: null,
  })
  expect((await put('look', { name, accentColor: null }, owner)).json().accentColor).toBeNull()
  const lines = await t.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.studioId, studio.id))
    .orderBy(asc(auditEvents.id))
  expect(lines.map(({ action }) => action)).toEqual(['studio.look', 'studio.look'])
})

test('a colour on which no text can be read, or that is none, is refused by its field', async () => {
  const name = { th: 'ร้าน', en: 'Shop' }
  for (const accentColor of ['#7a7a7a', 'red', '#FFFFFF', '#3b5bdb;}']) {
    const answer = await put('look', { name, accentColor })
    expect([answer.statusCode, answer.json().errors[0].path]).toEqual([422, 'body.accentColor'])
  }
})

test('what takes the money is chosen by owners alone, among the gateways that are configured', async () => {
  expect((await put('gateway', { gateway: 'paynoi' })).statusCode).toBe(403)
  expect((await put('gateway', { gateway: 'paynoi' }, owner)).json().gateway).toBe('paynoi')
  const unknown = await put('gateway', { gateway: 'elsewhere' }, owner)
  expect([unknown.statusCode, unknown.json().errors[0].path]).toEqual([422, 'body.gateway'])
  expect((await put('gateway', { gateway: null }, owner)).json().gateway).toBeNull()
})

test('an owner closes the studio by the password; nobody else does, and a suspended one or the platform’s own stays', async () => {
  const password = 'a password for one test'
  const passwordHash = await hashPassword(password)
  const [boss, house] = [
    await t.member(studio.id, 'owner', { passwordHash }),
    await t.member(HOUSE_STUDIO, 'owner', { passwordHash }),
  ]
  const close = (by: Person, given: object = { password }, id = studio.id) =>
    t.app.inject({ method: 'POST', url: `/api/studios/${id}/close`, headers: by.headers, payload: given })
  expect((await close(manager, {})).statusCode).toBe(403)
  expect((await close(boss, { password: 'another one' })).json().code).toBe('wrong_password')
  await t.db.update(studios).set({ status: 'suspended' }).where(eq(studios.id, studio.id))
  expect((await close(boss)).json().code).toBe('illegal_state')
  await t.db.update(studios).set({ status: 'active' }).where(eq(studios.id, studio.id))
  expect((await close(house, { password }, HOUSE_STUDIO)).json().code).toBe('illegal_state')
  for (const _ of ['once', 'again'])
    expect((await close(boss)).json()).toMatchObject({ status: 'closed', role: 'owner' })
  const lines = await t.db.select().from(auditEvents).where(eq(auditEvents.studioId, studio.id))
  expect(lines.map(({ action, before, after }) => [action, { before, after }])).toEqual([
    ['studio.status', { before: { status: 'active' }, after: { status: 'closed' } }],
  ])
})

test('what does not begin like PNG, JPEG or WebP is refused before it is kept, an SVG among it', async () => {
  for (const [bytes, code] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not_an_image'],
    [Buffer.from('GIF89a______'), 'not_an_image'],
    [Buffer.alloc(0), 'empty_file'],
    [Buffer.concat([PNG, Buffer.alloc(2_000_000)]), 'file_too_large'],
  ] as const)
    expect((await sendLogo(bytes)).json().code).toBe(code)
  expect((await row()).logoUpload).toBeNull()
})

test('an uploaded logo waits in the vanishing bucket until it is read, and the next upload takes its place', async () => {
  expect((await sendLogo(PNG)).json().logo).toEqual({ url: null, isComing: true, fault: null })
  const first = (await row()).logoUpload!
  expect(first.startsWith(uploadKey(''))).toBe(true)
  await sendLogo(PNG)
  const second = (await row()).logoUpload!
  expect(await t.storage.exists(VANISHING_BUCKET, first)).toBe(false)
  expect(await t.storage.exists(VANISHING_BUCKET, second)).toBe(true)
})

test('a logo is served to anybody, to be kept for ever, until it is removed with its bytes', async () => {
  const logo = logoKey(studio.id, t.deps.newId())
  await t.storage.put(MAIN_BUCKET, logo, PNG, { contentType: 'image/png' })
  await t.db.update(studios).set({ logo }).where(eq(studios.id, studio.id))
  const { url } = (await read()).logo
  const served = await t.app.inject({ url: url! })
  expect(served.rawPayload.equals(PNG)).toBe(true)
  expect([served.headers['content-type'], served.headers['cache-control']]).toEqual([
    'image/png',
    'public, max-age=31536000, immutable',
  ])
  const removed = await t.app.inject({ method: 'DELETE', url: at('logo'), headers: manager.headers })
  expect(removed.json().logo).toEqual({ url: null, isComing: false, fault: null })
  expect((await t.app.inject({ url: url! })).statusCode).toBe(404)
  expect(await t.storage.exists(MAIN_BUCKET, logo)).toBe(false)
})
