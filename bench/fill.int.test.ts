import { payments } from '@pix/db/schema/payments.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { searches } from '@pix/db/schema/searches.ts'
import { testDb } from '@pix/db/testing.ts'
import { expect, test } from 'vitest'
import { fillEvent } from './fill-event.ts'
import { fillViewers } from './fill-viewers.ts'

test('an event of a bench and people who wait at it can be written as the schema is', async () => {
  await using t = await testDb()
  const event = await fillEvent(t.db, 3)
  const viewers = await fillViewers(t.db, event.id, { visitors: 2, streamsEach: 4 })

  expect(viewers.map(({ paths }) => paths.length)).toEqual([4, 4])
  const rows = [t.db.$count(photos), t.db.$count(payments), t.db.$count(searches)]
  expect(await Promise.all(rows)).toEqual([3, 4, 4])
})
