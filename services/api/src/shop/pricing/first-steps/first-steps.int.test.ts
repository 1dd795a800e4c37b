import type { FirstSteps } from '@pix/contracts/first-steps.ts'
import { events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { studios } from '@pix/db/schema/studios.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testApp } from '../../../testing/test-app.ts'

test('a new studio reads what it has done until it sells, from its own rows alone, and nobody of another studio does', async () => {
  await using t = await testApp()
  const [studio, other] = [await t.studio(), await t.studio()]
  const [owner, stranger] = [await t.member(studio.id, 'owner'), await t.member(other.id, 'owner')]
  const ask = ({ headers }: typeof owner) => t.app.inject({ url: `/api/studios/${studio.id}/first-steps`, headers })
  const read = async () => {
    const { steps, ...rest } = (await ask(owner)).json<FirstSteps>()
    return { done: steps.filter(({ done }) => done).map(({ step }) => step), ...rest }
  }
  const theirs = await t.event({ studioId: other.id, status: 'on_sale' })
  await t.photo(theirs.id, stranger.id)
  const platforms = 'prices'
  expect(await read()).toEqual({ done: [platforms], eventId: null, sells: false })
  expect((await ask(stranger)).statusCode).toBe(404)

  await t.db.update(studios).set({ accentColor: '#3b5bdb' }).where(eq(studios.id, studio.id))
  const event = await t.event({ studioId: studio.id, status: 'open' })
  expect(await read()).toEqual({ done: ['look', platforms, 'event'], eventId: event.id, sells: false })

  const { id } = await t.photo(event.id, owner.id, { approval: 'pending' })
  expect((await read()).done).toEqual(['look', platforms, 'event', 'photos'])
  await t.db.update(photos).set({ approval: 'approved' }).where(eq(photos.id, id))
  expect(await read()).toMatchObject({ done: ['look', platforms, 'event', 'photos', 'approved'], sells: false })
  await t.db.update(events).set({ status: 'on_sale' }).where(eq(events.id, event.id))
  expect(await read()).toMatchObject({
    done: ['look', platforms, 'event', 'photos', 'approved', 'on_sale'],
    sells: true,
  })
})
