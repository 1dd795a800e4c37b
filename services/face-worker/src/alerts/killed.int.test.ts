import { killedAtEach } from '@pix/db/dying-testing.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testPlace, type TestPlace } from '../testing.ts'
import { addAlert, addPhoto, alertOf, mine } from './alerted-testing.ts'
import { recordFound } from './record-found.ts'

let place: TestPlace
beforeAll(async () => {
  place = await testPlace()
})
afterAll(() => place[Symbol.asyncDispose]())

async function scene() {
  const { alertId, eventId } = await addAlert(place)
  const { photoId } = await addPhoto(place, eventId, mine)
  return { alertId, revision: 2, photoIds: [photoId] }
}

test.each(['before', 'after'] as const)(
  'a worker that is killed %s any statement that records a new photo has deleted the face and marked the alert, or neither',
  async sent => {
    const { db, settings } = place
    let found = await scene()
    const record = (on: typeof db) => recordFound({ db: on, now: () => new Date() }, found)
    const deaths = await killedAtEach({ url: settings.DATABASE_URL, db, sent }, record, async () => {
      const after = await alertOf(place, found.alertId)
      expect(after.found ? after.kept === 0 : after.kept === 1).toBe(true)
      expect(await record(db)).toBe(!after.found)
      expect(await record(db)).toBe(false)
      expect(await alertOf(place, found.alertId)).toMatchObject({ found: true, kept: 0 })
      found = await scene()
    })
    expect(deaths).toBeGreaterThan(3)
  },
)
