import { slips } from '@pix/db/schema/slips.ts'
import { slipKey, slipUploadKey } from '@pix/platform/storage-keys.ts'
import { readWhole, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { eq } from 'drizzle-orm'
import { generate } from 'promptparse'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog, type TestPlace, testPlace } from '../testing.ts'
import { ChildDied } from '../children/child-pool.ts'
import { readApart } from '../children/read-apart.ts'
import { readSlip } from './read-slip.ts'
import { addSlipOrder, codeOf, slipPicture, uploadSlip } from './testing.ts'

let place: TestPlace
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

const addOrder = () => addSlipOrder(place)
const upload = (orderId: string, bytes: Buffer) => uploadSlip(place, orderId, bytes)
const read = (id: string) => readSlip({ ...place, log: silentLog, now: () => new Date() }, place.settings, id)
const row = async (id: string) => (await place.db.select().from(slips).where(eq(slips.id, id)))[0]!
const objects = async (id: string) =>
  Promise.all([slipUploadKey(id), slipKey(id)].map(key => place.storage.exists(VANISHING_BUCKET, key)))

test('a slip’s mini-QR is read from JPEG and PNG, and its picture is kept as JPEG with nothing but its pixels', async () => {
  const orderId = await addOrder()
  const made = await slipPicture(codeOf('20261126AAAA0001'))
  const withPlace = made
    .clone()
    .jpeg({ quality: 70 })
    .withExif({ IFD0: { Artist: 'somebody' } })
  for (const [bytes, order] of [
    [await withPlace.toBuffer(), orderId],
    [await made.clone().png().toBuffer(), await addOrder()],
  ] as const) {
    const id = await upload(order, bytes)
    expect(await read(id)).toBe('waiting')
    expect(await row(id)).toMatchObject({
      state: 'waiting',
      bank: '014',
      reference: '20261126AAAA0001',
      decidedAt: null,
    })
    expect(await objects(id)).toEqual([false, true])
    const kept = await sharp((await readWhole(place.storage, VANISHING_BUCKET, slipKey(id)))!).metadata()
    expect([kept.format, kept.height, kept.exif]).toEqual(['jpeg', 1_600, undefined])
    expect(await read(id)).toBe('nothing')
  }
})

test('without a QR, and with one of something else, a slip waits for a person all the same', async () => {
  const orderId = await addOrder()
  const others = [
    null,
    'https://example.com/?q=<script>alert(1)</script>',
    generate.anyId({ type: 'MSISDN', target: '0812345678', amount: 60 }),
  ]
  for (const [i, text] of others.entries()) {
    const id = await upload(orderId, await (await slipPicture(text, 200 + i)).jpeg().toBuffer())
    expect(await read(id)).toBe('waiting')
    expect(await row(id)).toMatchObject({ bank: null, reference: null })
  }
})

test('the same transfer twice for one order is answered as repeated and not kept; for another order it waits', async () => {
  const [orderId, other] = [await addOrder(), await addOrder()]
  const code = codeOf('20261126BBBB0002')
  const first = await upload(orderId, await (await slipPicture(code)).jpeg().toBuffer())
  expect(await read(first)).toBe('waiting')
  const again = await upload(orderId, await (await slipPicture(code, 230)).png().toBuffer())
  expect(await read(again)).toBe('repeated')
  expect(await objects(again)).toEqual([false, false])
  const elsewhere = await upload(other, await (await slipPicture(code, 210)).png().toBuffer())
  expect(await read(elsewhere)).toBe('waiting')

  const plain = await (await slipPicture(null, 190)).jpeg().toBuffer()
  expect(await read(await upload(orderId, plain))).toBe('waiting')
  expect(await read(await upload(orderId, plain))).toBe('repeated')
})

test('two readings of one transfer at once leave one slip that waits', async () => {
  const orderId = await addOrder()
  const code = codeOf('20261126CCCC0003')
  const ids = await Promise.all(
    [240, 241].map(async shade => upload(orderId, await (await slipPicture(code, shade)).jpeg().toBuffer())),
  )
  expect((await Promise.all(ids.map(read))).toSorted()).toEqual(['repeated', 'waiting'])
})

test('a PDF by the name of a picture, a cut picture, a bomb and nothing at all are refused with their reason, and deleted', async () => {
  const orderId = await addOrder()
  const png = await (await slipPicture(null)).png().toBuffer()
  const bomb = Buffer.from(png)
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(60_000, 20)
  for (const [bytes, fault] of [
    [Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj'), 'not_an_image'],
    [png.subarray(0, png.length - 40), 'damaged'],
    [bomb, 'too_many_pixels'],
  ] as const) {
    const id = await upload(orderId, bytes)
    expect(await read(id)).toBe('unreadable')
    expect(await row(id)).toMatchObject({ state: 'unreadable', fault, bank: null })
    expect(await objects(id)).toEqual([false, false])
  }
  const lost = await upload(orderId, png)
  await place.storage.delete(VANISHING_BUCKET, slipUploadKey(lost))
  expect(await read(lost)).toBe('unreadable')
})

test('a worker that is killed before it deletes leaves nothing for good: the next reading deletes it', async () => {
  const orderId = await addOrder()
  const killed = Object.assign(Object.create(place.storage) as typeof place.storage, {
    delete: () => Promise.reject(new Error('killed')),
  })
  const good = await (await slipPicture(null, 170)).png().toBuffer()
  for (const [bytes, state, left] of [
    [Buffer.from('%PDF-1.7'), 'unreadable', [false, false]],
    [good, 'waiting', [false, true]],
  ] as const) {
    const id = await upload(orderId, bytes)
    const deps = { ...place, storage: killed, log: silentLog, now: () => new Date() }
    await expect(readSlip(deps, place.settings, id)).rejects.toThrow('killed')
    expect(await row(id)).toMatchObject({ state, pictureGoneAt: null })
    expect((await objects(id))[0]).toBe(true)
    expect(await read(id)).toBe('nothing')
    expect(await objects(id)).toEqual(left)
    expect((await row(id)).pictureGoneAt === null).toBe(state === 'waiting')
  }
})

test('a process that cannot start says nothing about the picture', async () => {
  const script = new URL('no-such-child.ts', import.meta.url)
  const reading = readApart({ log: silentLog, settings: place.settings, script }, Buffer.from('a picture'))
  await expect(reading).rejects.toThrow(ChildDied)
})
