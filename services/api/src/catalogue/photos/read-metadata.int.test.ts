import { events } from '@pix/db/schema/events.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { type TestApp, testApp } from '../../testing/test-app.ts'

const FACTS = {
  camera: 'Canon EOS R6',
  lens: 'RF70-200mm F2.8',
  cameraFactsRead: true,
  exposureSeconds: 0.002,
  fNumber: 2.8,
  iso: 3200,
  focalLength: 200,
  cameraSerial: '0123456',
  lensSerial: null,
  latitude: 13.75,
  longitude: 100.5,
}

async function scene(t: TestApp, more: object = FACTS) {
  const [photographer, event] = [await t.user('photographer'), await t.event()]
  await t.invite(event.id, photographer.id)
  const photo = await t.photo(event.id, photographer.id, more)
  const read = (headers = {}) => t.app.inject({ url: `/api/photos/${photo.id}/metadata`, headers })
  return { photographer, event, photo, read }
}

test('everybody reads what the camera wrote of the picture; where it was, and by which camera, its crew alone', async () => {
  await using t = await testApp()
  const { photographer, photo, read, event } = await scene(t)
  const colleague = await t.user('photographer')
  await t.invite(event.id, colleague.id)

  const open = await read()
  expect(open.json()).toMatchObject({
    id: photo.id,
    bytes: photo.bytes,
    format: 'jpg',
    camera: 'Canon EOS R6',
    lens: 'RF70-200mm F2.8',
    exposure: { seconds: 0.002, fNumber: 2.8, iso: 3200, focalLength: 200 },
    crew: null,
  })
  for (const secret of ['13.75', '100.5', '0123456', photo.fileName]) expect(open.body).not.toContain(secret)
  expect((await read(colleague.headers)).json().crew).toBeNull()
  expect((await read((await t.member((await t.studio()).id, 'owner')).headers)).json().crew).toBeNull()

  for (const { headers } of [photographer, await t.user('admin'), await t.member(event.studioId, 'manager')]) {
    const answer = await read(headers)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.json().crew).toMatchObject({
      fileName: photo.fileName,
      place: { latitude: 13.75, longitude: 100.5 },
      serials: { camera: '0123456', lens: null },
    })
  }
})

test('of a photo processed before exposure was kept it is not known, which is not the same as not written', async () => {
  await using t = await testApp()
  const { photographer, read } = await scene(t, { camera: 'R6' })
  expect((await read(photographer.headers)).json()).toMatchObject({
    camera: 'R6',
    exposure: null,
    crew: { place: null, serials: null },
  })
})

test('a camera that wrote nothing is known to have written nothing', async () => {
  await using t = await testApp()
  const { photographer, read } = await scene(t, { cameraFactsRead: true })
  expect((await read(photographer.headers)).json()).toMatchObject({
    exposure: { seconds: null, fNumber: null, iso: null, focalLength: null },
    crew: { serials: { camera: null, lens: null } },
  })
})

test('the metadata of a photo is shown to the people who may see the photo, and to nobody else', async () => {
  await using t = await testApp()
  const { photographer, event, read } = await scene(t, { ...FACTS, approval: 'pending' })
  expect((await read()).statusCode).toBe(404)
  expect((await read(photographer.headers)).statusCode).toBe(200)
  await t.db.update(events).set({ status: 'planning' }).where(eq(events.id, event.id))
  expect((await read((await t.visitor()).headers)).statusCode).toBe(404)
})
