import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fsStorage } from '@pix/platform/storage-fs.ts'
import { TEST_SIGNING_KEY } from '@pix/platform/storage-testing.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { expect, test } from 'vitest'
import { testApp } from '../testing/test-app.ts'

async function folderStorage() {
  const root = await mkdtemp(join(tmpdir(), 'pix-objects-'))
  const storage = fsStorage({ root, publicUrl: 'http://objects.test', signingKey: TEST_SIGNING_KEY })
  await storage.prepare()
  await storage.put(MAIN_BUCKET, 'events/e/originals/p.jpg', Buffer.from('0123456789'), { contentType: 'image/jpeg' })
  const sign = async (expiresSeconds = 300) =>
    (
      await storage.signedGetUrl(MAIN_BUCKET, 'events/e/originals/p.jpg', { expiresSeconds, filename: 'รูป 1.jpg' })
    ).replace('http://objects.test', '')
  return { storage, sign, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) }
}

test('a signed address gives its object, whole or in part, under its name, and is never kept', async () => {
  await using folder = await folderStorage()
  await using t = await testApp({ storage: folder.storage })
  const url = await folder.sign()

  const whole = await t.app.inject({ url })
  expect([whole.statusCode, whole.body]).toEqual([200, '0123456789'])
  expect(whole.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('รูป 1.jpg')}`)
  expect(whole.headers['cache-control']).toContain('no-store')
  const part = await t.app.inject({ url, headers: { range: 'bytes=3-5' } })
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, '345', 'bytes 3-5/10'])
  expect((await t.app.inject({ url, headers: { range: 'bytes=99-' } })).statusCode).toBe(416)
})

test('a forged, changed or expired address looks like one that never was', async () => {
  await using folder = await folderStorage()
  await using t = await testApp({ storage: folder.storage })
  const url = await folder.sign()
  const bad = [
    url.replace('p.jpg', 'q.jpg'),
    url.replace(/signature=(.)/, (_, first) => `signature=${first === 'A' ? 'B' : 'A'}`),
    url.replace(/expires=\d/, 'expires=9'),
    url.split('?')[0]!,
    '/objects/thepixstock/../../etc/passwd',
    '/objects/elsewhere/p.jpg',
  ]
  const opened: string[] = []
  for (const address of bad) if ((await t.app.inject({ url: address })).statusCode !== 404) opened.push(address)
  expect(opened).toEqual([])
  t.forward(301_000)
  expect((await t.app.inject({ url })).statusCode).toBe(404)
})
