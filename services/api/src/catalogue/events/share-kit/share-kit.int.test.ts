import type { ShareKit } from '@pix/contracts/share-kit.ts'
import { expect, test } from 'vitest'
import { testApp, TEST_ORIGIN } from '../../../testing/test-app.ts'

test('who manages an event has its short link, the QR of it and a poster; others are told of no such event', async () => {
  await using t = await testApp()
  const event = await t.event({ slug: 'mekong-run', status: 'planning', nameTh: 'วิ่งริมโขง', nameEn: 'Mekong Run' })
  const { headers } = await t.user('admin')
  const get = (path: string, who: Record<string, string> = headers) =>
    t.app.inject({ url: `/api/events/${event.id}/${path}`, headers: who })

  const kit = (await get('share-kit')).json<ShareKit>()
  expect(kit.link).toBe(`${TEST_ORIGIN}/e/mekong-run`)
  expect(kit.qr).toMatch(/^<svg /)
  const poster = await get('poster')
  expect([poster.statusCode, poster.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(poster.headers['content-disposition']).toBe('attachment; filename="mekong-run.pdf"')
  expect(poster.headers['cache-control']).toBe('no-store')
  expect(poster.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')

  const other = await t.studio({ slug: 'moon' })
  const { headers: manager } = await t.member(other.id, 'manager')
  for (const path of ['share-kit', 'poster']) expect((await get(path, manager)).statusCode).toBe(404)
})

test('the short link leads to the page of the event at the same host, whatever its name', async () => {
  await using t = await testApp()
  for (const [path, to] of [
    ['/e/mekong-run', '/events/mekong-run'],
    ['/e/no-such-event', '/events/no-such-event'],
    ['/e/%2f%2felsewhere.example', '/events/%2F%2Felsewhere.example'],
  ] as const) {
    const answer = await t.app.inject({ url: path })
    expect([path, answer.statusCode, answer.headers.location]).toEqual([path, 308, to])
  }
})
