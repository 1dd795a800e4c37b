import { addEvent } from '@pix/db/rows-testing.ts'
import { testDb } from '@pix/db/testing.ts'
import { expect, test } from 'vitest'
import { addAlert } from './alerts-testing.ts'
import { lookIntoPostgres } from './look-into-postgres.ts'

const DAY = 86_400_000
const ago = (ms: number) => new Date(Date.now() - ms)

test('a face that is kept for a letter about new photos is overdue after the sale, after its letter, and where nobody confirmed it', async () => {
  await using database = await testDb()
  const { db } = database
  const faces = async () => {
    const { kinds } = await lookIntoPostgres(db, { now: new Date(), facesDays: 365, lettersDays: 180 })
    const { count, overdue } = kinds.find(({ kind }) => kind === 'alert_faces.embedding')!
    return { count, overdue }
  }
  const onSale = { status: 'on_sale' as const, endsAt: ago(DAY), salesEnd: ago(-DAY) }
  const eventId = await addEvent(db, onSale)
  await addAlert(db, { eventId, askedAt: ago(DAY) })
  await addAlert(db, { eventId, askedAt: ago(6 * DAY), confirmedAt: null })
  expect(await faces()).toEqual({ count: 2, overdue: 0 })

  await addAlert(db, { eventId, askedAt: ago(8 * DAY), confirmedAt: null })
  expect(await faces()).toEqual({ count: 3, overdue: 1 })
  await addAlert(db, { eventId, askedAt: ago(DAY), foundAt: ago(DAY) })
  expect(await faces()).toEqual({ count: 4, overdue: 2 })
  for (const over of [{ salesEnd: ago(DAY / 12) }, { status: 'closed' as const }, { facesUntil: ago(DAY) }])
    await addAlert(db, { eventId: await addEvent(db, { ...onSale, ...over }), askedAt: ago(DAY) })
  expect(await faces()).toEqual({ count: 7, overdue: 5 })
})
