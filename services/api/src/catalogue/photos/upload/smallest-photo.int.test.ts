import { PictureSettings } from '@pix/platform/settings.ts'
import { expect, test } from 'vitest'
import { testJpeg } from '../../../testing/images.ts'
import { testApp } from '../../../testing/test-app.ts'
import { form, scene, upload } from './upload-testing.ts'

const untouched = { settings: { UPLOAD_MIN_SIDE: String(PictureSettings.parse({}).UPLOAD_MIN_SIDE) } }

test('by default a photo is taken from 600 pixels on its longer side, lying or standing', async () => {
  await using t = await testApp(untouched)
  const { event, photographer } = await scene(t)
  const send = async (width: number, height: number) => {
    const bytes = await testJpeg(1, { width, height })
    const answer = await upload(t, form(event.id, [{ name: 'a.jpg', bytes }]), photographer.headers)
    return [answer.statusCode, answer.json().code]
  }
  expect(await send(599, 599)).toEqual([422, 'image_too_small'])
  expect(await send(600, 20)).toEqual([202, null])
  expect(await send(20, 600)).toEqual([202, null])
})

test('the crew reads the limits that are set, so that no page has to know them', async () => {
  await using t = await testApp({ settings: { UPLOAD_MIN_SIDE: '1200', UPLOAD_MAX_BYTES: '80000000' } })
  const { event, photographer } = await scene(t)
  const answer = await t.app.inject({ url: `/api/events/${event.id}/photos/crew`, headers: photographer.headers })
  expect(answer.json().limits).toEqual({ minSide: 1200, maxBytes: 80_000_000, fromCameras: true })
})
