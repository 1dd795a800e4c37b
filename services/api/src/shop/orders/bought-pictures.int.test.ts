import type { Downloads } from '@pix/contracts/orders.ts'
import { boughtPreviews } from '@pix/db/schema/bought-previews.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { boughtJpegKey, boughtPreviewKey } from '@pix/platform/storage-keys.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { closeEntitlements } from '../../catalogue/entitlements/index.ts'
import { bought } from './order-testing.ts'
import { stampArchives } from './read-downloads.ts'

test('the picture of a bought photo is its buyer’s alone, from when it is made until the photo is taken back', async () => {
  await using t = await bought()
  const [photoId] = t.photoIds
  const url = `/api/photos/${photoId}/bought-preview`
  const readStates = async () =>
    (await t.get(`/api/orders/${t.orderId}/download`)).json<Downloads>().events[0]!.photos.map(one => one.preview)
  const [stamp, stamped] = [async () => (await stampArchives(t.deps, [t.orderId])).get(t.orderId), new Set<unknown>()]
  expect(await readStates()).toEqual(['queued', 'queued'])
  expect((await t.get(url)).statusCode).toBe(404)
  stamped.add(await stamp())
  await t.db.update(boughtPreviews).set({ state: 'ready' }).where(eq(boughtPreviews.photoId, photoId!))
  stamped.add(await stamp())
  expect(stamped.size).toBe(2)
  expect((await readStates()).toSorted()).toEqual(['queued', 'ready'])
  const answer = await t.get(url)
  expect([answer.statusCode, answer.headers['cache-control']]).toEqual([302, 'no-store'])
  expect(answer.headers.location).toContain(boughtPreviewKey(t.eventId, photoId!))
  expect((await t.get(url, await t.visitor())).statusCode).toBe(404)
  await t.db.transaction(tx => closeEntitlements(t.deps, tx, { photoIds: [photoId!] }, 'takedown'))
  expect((await t.get(url)).statusCode).toBe(404)
})

test('beside its original a bought photo is a JPEG to pass on, of a TIFF also one of full size, for its buyer alone', async () => {
  await using t = await bought()
  const [photoId] = t.photoIds
  const jpeg = (size: string) => `/api/photos/${photoId}/jpeg?size=${size}`
  const listed = async () =>
    (await t.get(`/api/orders/${t.orderId}/download`))
      .json<Downloads>()
      .events[0]!.photos.find(({ photo }) => photo.id === photoId)!.jpegs
  expect([await listed(), (await t.get(jpeg('share'))).statusCode]).toEqual([[], 404])
  await t.db.update(boughtPreviews).set({ state: 'ready' }).where(eq(boughtPreviews.photoId, photoId!))
  // No JPEG of 2,048 px is made of a smaller photo.
  await t.db.update(photos).set({ width: 2_048, height: 1_365 }).where(eq(photos.id, photoId!))
  expect([await listed(), (await t.get(jpeg('share'))).statusCode]).toEqual([[], 404])
  await t.db.update(photos).set({ width: 4_000, height: 6_000 }).where(eq(photos.id, photoId!))
  expect([await listed(), (await t.get(jpeg('full'))).statusCode]).toEqual([['share'], 404])
  await t.db.update(photos).set({ format: 'tiff', fileName: 'IMG_0412.tif' }).where(eq(photos.id, photoId!))
  expect(await listed()).toEqual(['share', 'full'])
  for (const [size, name] of [
    ['share', 'IMG_0412-2048.jpg'],
    ['full', 'IMG_0412.jpg'],
  ] as const) {
    const { headers } = await t.get(jpeg(size))
    expect(headers.location).toContain(boughtJpegKey(t.eventId, size, photoId!))
    expect(decodeURIComponent(String(headers.location))).toContain(name)
    expect((await t.get(jpeg(size), await t.visitor())).statusCode).toBe(404)
  }
  expect((await t.get(jpeg('huge'))).statusCode).toBe(422)
})
