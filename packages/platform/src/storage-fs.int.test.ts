import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { openSignedObject } from './signed-object.ts'
import { storageContract } from './storage.contract.ts'
import { fsStorage } from './storage-fs.ts'
import { MAIN_BUCKET } from './storage.ts'

const now = () => new Date()

storageContract('a folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'pix-storage-'))
  const signingKey = 'test-signing-key-of-32-characters'
  const server = createServer(async (request, response) => {
    const signer = { publicUrl: '', signingKey, now }
    const answer = await openSignedObject(storage, signer, request.url ?? '', request.headers.range)
    response.writeHead(answer.status, answer.headers)
    if (answer.body) answer.body.pipe(response)
    else response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const storage = fsStorage({ root, publicUrl, signingKey, now })
  return {
    storage,
    fetch: (url, headers = {}) => fetch(url, { headers }),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await rm(root, { recursive: true })
    },
  }
})

test('an upload that breaks off leaves no half file in the folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'pix-storage-'))
  const storage = fsStorage({ root, publicUrl: 'http://localhost', signingKey: 'x'.repeat(32) })
  await storage.prepare()
  let begun = false
  const broken = new Readable({
    read() {
      if (begun) this.destroy(new Error('gone')) // its reader has the beginning
      else this.push(Buffer.alloc(100_000))
      begun = true
    },
  })
  await expect(storage.put(MAIN_BUCKET, 'a/b', broken, { contentType: 'text/plain' })).rejects.toThrow('gone')
  expect(await readdir(join(root, 'incoming'))).toEqual([])
  await rm(root, { recursive: true })
})

test('what a program that died has half written goes within the hour; what is being written stays', async () => {
  const root = await mkdtemp(join(tmpdir(), 'pix-storage-'))
  const storage = fsStorage({ root, publicUrl: 'http://localhost', signingKey: 'x'.repeat(32) })
  await storage.prepare()
  for (const [name, minutes] of [
    ['left', 56],
    ['growing', 54],
  ] as const) {
    const written = new Date(Date.now() - minutes * 60_000)
    await writeFile(join(root, 'incoming', name), 'half')
    await utimes(join(root, 'incoming', name), written, written)
  }
  await storage.tidy()
  expect(await readdir(join(root, 'incoming'))).toEqual(['growing'])
  await rm(root, { recursive: true })
})

test('a signature has one spelling: no other last letter passes, although base64url decodes some to the same bytes', async () => {
  const signer = { publicUrl: 'http://localhost', signingKey: 'x'.repeat(32), now }
  const storage = fsStorage({ root: tmpdir(), ...signer })
  const good = new URL(await storage.signedGetUrl(MAIN_BUCKET, 'a/b', { expiresSeconds: 60 }))
  const signature = good.searchParams.get('signature') ?? ''
  const passing: string[] = []
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=') {
    good.searchParams.set('signature', signature.slice(0, -1) + letter)
    if ((await openSignedObject(storage, signer, good.href)).status !== 403) passing.push(letter)
  }
  expect(passing).toEqual([signature.at(-1)])
})
