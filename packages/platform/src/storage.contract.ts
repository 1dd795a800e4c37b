import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listAll, MAIN_BUCKET, readWhole, VANISHING_BUCKET } from './storage.ts'
import type { Storage } from './storage.ts'

export interface StorageUnderTest {
  storage: Storage
  /** Gives a signed URL to the driver's server, as a browser would. */
  fetch(url: string, headers?: Record<string, string>): Promise<Response>
  close(): Promise<void>
}

const MB = 1024 * 1024
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const plain = { contentType: 'text/plain' }
const some = (text: string) => Buffer.from(text)
const freshKey = (name = 'file.txt') => `events/${randomUUID()}/originals/${name}`

/**
 * What every driver guarantees: run by each driver's own integration test.
 * @param missing why this driver cannot be tested here, shown with every skipped test
 */
export function storageContract(name: string, open: () => Promise<StorageUnderTest>, missing = ''): void {
  describe.skipIf(missing)(`storage on ${name}${missing && ` [skipped: ${missing}]`}`, () => {
    let it: StorageUnderTest
    let storage: Storage
    beforeAll(async () => {
      it = await open()
      storage = it.storage
      await storage.prepare()
    })
    afterAll(() => it?.close())

    test('preparing twice changes nothing and the storage says it is there', async () => {
      await storage.prepare()
      await expect(storage.ping()).resolves.toBeUndefined()
    })

    test('a stream of 23 MB of unknown length comes back bit by bit', async () => {
      const bytes = randomBytes(23 * MB + 7)
      const key = freshKey('large.bin')
      const chunks = Array.from({ length: 24 }, (_, i) => bytes.subarray(i * MB, (i + 1) * MB))
      const stored = await storage.put(MAIN_BUCKET, key, Readable.from(chunks), { contentType: 'image/jpeg' })

      expect(stored.size).toBe(bytes.length)
      expect(await storage.head(MAIN_BUCKET, key)).toMatchObject({
        size: bytes.length,
        contentType: 'image/jpeg',
        etag: stored.etag,
      })
      expect(sha256((await readWhole(storage, MAIN_BUCKET, key))!)).toBe(sha256(bytes))
    })

    test.each([0, 1, 5 * MB, 10 * MB])('an object of %i bytes keeps its length', async size => {
      const key = freshKey()
      await storage.put(MAIN_BUCKET, key, Readable.from([Buffer.alloc(size, 7)]), plain)
      const object = await storage.get(MAIN_BUCKET, key)
      object?.body.destroy()
      expect(object?.length).toBe(size)
      expect((await readWhole(storage, MAIN_BUCKET, key))?.length).toBe(size)
    })

    test('a range gives its bytes, with and without an end, and one behind the end is refused', async () => {
      const key = freshKey()
      await storage.put(MAIN_BUCKET, key, some('0123456789'), plain)
      const read = async (range: { start: number; end?: number }) => {
        const object = await storage.get(MAIN_BUCKET, key, range)
        return {
          length: object?.length,
          size: object?.size,
          text: await new Response(Readable.toWeb(object!.body) as ReadableStream).text(),
        }
      }
      expect(await read({ start: 2, end: 4 })).toEqual({ length: 3, size: 10, text: '234' })
      expect(await read({ start: 7 })).toEqual({ length: 3, size: 10, text: '789' })
      expect(await read({ start: 8, end: 99 })).toEqual({ length: 2, size: 10, text: '89' })
      await expect(storage.get(MAIN_BUCKET, key, { start: 10 })).rejects.toThrow(RangeError)
    })

    test('what is not there is null, not an error', async () => {
      const key = freshKey()
      expect(await storage.get(MAIN_BUCKET, key)).toBeNull()
      expect(await storage.head(MAIN_BUCKET, key)).toBeNull()
      expect(await storage.exists(MAIN_BUCKET, key)).toBe(false)
      await expect(storage.delete(MAIN_BUCKET, key)).resolves.toBeUndefined()
      await storage.put(MAIN_BUCKET, `${key}-folder/inner`, some('x'), plain)
      expect(await storage.exists(MAIN_BUCKET, `${key}-folder`)).toBe(false)
    })

    test('storing again replaces the bytes and the etag', async () => {
      const key = freshKey()
      const first = await storage.put(MAIN_BUCKET, key, some('one'), plain)
      const second = await storage.put(MAIN_BUCKET, key, some('two'), plain)
      expect(second.etag).not.toBe(first.etag)
      expect((await readWhole(storage, MAIN_BUCKET, key))?.toString()).toBe('two')
    })

    test.each([1, 12])('an upload that breaks off after %i MB leaves nothing', async megabytes => {
      const key = freshKey()
      const broken = Readable.from(
        (async function* () {
          for (let i = 0; i < megabytes; i++) yield Buffer.alloc(MB)
          throw new Error('the visitor went away')
        })(),
      )
      await expect(storage.put(MAIN_BUCKET, key, broken, plain)).rejects.toThrow('the visitor went away')
      expect(await storage.exists(MAIN_BUCKET, key)).toBe(false)
      expect(await listAll(storage, MAIN_BUCKET, key.slice(0, key.lastIndexOf('/') + 1))).toEqual([])
    })

    test('an upload whose stream is destroyed leaves the older object as it was', async () => {
      const key = freshKey()
      await storage.put(MAIN_BUCKET, key, some('older'), plain)
      let begun = false
      const endless = new Readable({
        read() {
          if (begun) this.destroy() // its reader has the beginning
          else this.push(Buffer.alloc(MB))
          begun = true
        },
      })
      await expect(storage.put(MAIN_BUCKET, key, endless, plain)).rejects.toThrow(/premature|aborted|destroyed/i)
      expect((await readWhole(storage, MAIN_BUCKET, key))?.toString()).toBe('older')
    })

    test('listing and deleting keep to their prefix and their bucket', async () => {
      const search = randomUUID()
      for (const part of ['a/1', 'a/2', 'b/1'])
        await storage.put(VANISHING_BUCKET, `temp/${search}/${part}`, some(part), plain)
      const keys = async (prefix: string) =>
        (await listAll(storage, VANISHING_BUCKET, prefix)).map(({ key }) => key).sort()

      expect(await keys(`temp/${search}/a/`)).toEqual([`temp/${search}/a/1`, `temp/${search}/a/2`])
      expect(await listAll(storage, MAIN_BUCKET, `temp/${search}/`)).toEqual([])
      await storage.delete(VANISHING_BUCKET, [`temp/${search}/a/1`, `temp/${search}/a/2`])
      expect(await keys(`temp/${search}/`)).toEqual([`temp/${search}/b/1`])
    })

    test('the oldest object is the one stored first', async () => {
      const prefix = `faces/${randomUUID()}/`
      expect(await storage.oldest(VANISHING_BUCKET, prefix)).toBeNull()
      await storage.put(VANISHING_BUCKET, `${prefix}z`, some('first'), plain)
      await new Promise(resolve => setTimeout(resolve, 1_100)) // S3 gives times to the second
      await storage.put(VANISHING_BUCKET, `${prefix}a`, some('second'), plain)
      expect((await storage.oldest(VANISHING_BUCKET, prefix))?.key).toBe(`${prefix}z`)
    })

    test.each(['../escape', 'a/../../b', '/etc/passwd', 'a//b', '.hidden', 'a/./b', 'a\\b', 'a\0b', ''])(
      'the key %j is refused everywhere',
      async key => {
        await expect(storage.put(MAIN_BUCKET, key, some('x'), plain)).rejects.toThrow(RangeError)
        await expect(storage.get(MAIN_BUCKET, key)).rejects.toThrow(RangeError)
        await expect(storage.head(MAIN_BUCKET, key)).rejects.toThrow(RangeError)
        await expect(storage.delete(MAIN_BUCKET, key)).rejects.toThrow(RangeError)
        await expect(storage.signedGetUrl(MAIN_BUCKET, key, { expiresSeconds: 60 })).rejects.toThrow(RangeError)
      },
    )

    describe('a signed URL', () => {
      const key = freshKey('ภาพ-1.jpg'.replaceAll(/[^\w.-]/g, 'x'))
      const url = (options = {}) => storage.signedGetUrl(MAIN_BUCKET, key, { expiresSeconds: 60, ...options })
      beforeAll(() => storage.put(MAIN_BUCKET, key, some('0123456789'), { contentType: 'image/jpeg' }))

      test('gives the object under the name and type asked for', async () => {
        const answer = await it.fetch(await url({ filename: 'วิ่ง "1".jpg', contentType: 'image/x-test' }))
        expect(answer.status).toBe(200)
        expect(await answer.text()).toBe('0123456789')
        expect(answer.headers.get('content-type')).toBe('image/x-test')
        expect(answer.headers.get('content-disposition')).toContain(
          `filename*=UTF-8''${encodeURIComponent('วิ่ง "1".jpg')}`,
        )
      })

      test('resumes by range and refuses an impossible one', async () => {
        const part = await it.fetch(await url(), { range: 'bytes=4-' })
        expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
          206,
          'bytes 4-9/10',
          '456789',
        ])
        expect((await it.fetch(await url(), { range: 'bytes=10-' })).status).toBe(416)
      })

      test('is refused once it has expired', async () => {
        const [short, long] = [await url({ expiresSeconds: 1 }), await url()]
        await expect.poll(async () => (await it.fetch(short)).status).toBe(403)
        expect((await it.fetch(long)).status).toBe(200)
      })

      test('is refused with any part changed, and for an object that is not there', async () => {
        const good = new URL(await url({ filename: 'a.jpg' }))
        const other = freshKey()
        await storage.put(MAIN_BUCKET, other, some('secret'), plain)
        expect((await it.fetch(good.href.replace(key, other))).status).toBe(403)
        for (const [name, value] of good.searchParams) {
          const forged = new URL(good)
          forged.searchParams.set(name, value.endsWith('7') ? `${value.slice(0, -1)}8` : `${value.slice(0, -1)}7`)
          expect([400, 403], `changed ${name}`).toContain((await it.fetch(forged.href)).status)
        }
        expect(
          (await it.fetch(await storage.signedGetUrl(MAIN_BUCKET, freshKey(), { expiresSeconds: 60 }))).status,
        ).toBe(404)
      })
    })
  })
}
