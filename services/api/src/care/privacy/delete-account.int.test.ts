import { hash } from '@node-rs/argon2'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { insertKey } from '../../testing/service-keys.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { deletePhotosOfDeleted } from './delete-account.ts'

const PASSWORD = 'a password that is long'
const deleteOwn = (t: TestApp, { headers }: { headers: Record<string, string> }) =>
  t.app.inject({ method: 'POST', url: '/api/me/deletion', headers, payload: { password: PASSWORD, locale: 'en' } })

test('the only owner of a studio and the only admin cannot be deleted', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const owner = await t.member(studio.id, 'owner', { passwordHash: await hash(PASSWORD) })
  const admin = await t.user('admin', { passwordHash: await hash(PASSWORD) })
  for (const one of [owner, admin]) expect((await deleteOwn(t, one)).json().code).toBe('last_owner')

  await t.member(studio.id, 'owner')
  expect((await deleteOwn(t, owner)).statusCode).toBe(204)
  expect(await t.db.$count(studioMembers, eq(studioMembers.userId, owner.id))).toBe(0)
})

test('of the two owners of a studio who delete their accounts at once, one stays and is told so; keys of the other end', async () => {
  await using t = await testApp()
  const studio = await t.studio()
  const passwordHash = await hash(PASSWORD)
  const owners = [
    await t.member(studio.id, 'owner', { passwordHash }),
    await t.member(studio.id, 'owner', { passwordHash }),
  ]
  for (const { id } of owners) await insertKey(t, { studioId: studio.id, createdBy: id })
  const answers = await Promise.all(owners.map(owner => deleteOwn(t, owner)))
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 409])
  expect(answers.find(({ statusCode }) => statusCode === 409)!.json()).toMatchObject({ code: 'last_owner' })
  expect(await t.db.$count(studioMembers, eq(studioMembers.studioId, studio.id))).toBe(1)
  expect(await t.db.$count(serviceKeys, isNull(serviceKeys.revokedAt))).toBe(1)
})

test('of two admins who delete their accounts at once, one stays', async () => {
  await using t = await testApp()
  const passwordHash = await hash(PASSWORD)
  const admins = [await t.user('admin', { passwordHash }), await t.user('admin', { passwordHash })]
  const answers = await Promise.all(admins.map(admin => deleteOwn(t, admin)))
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([204, 409])
})

test('photos that the deletion of an account left, killed before it came to them, go by themselves but for sold ones', async () => {
  await using t = await testApp()
  const [gone, other, event] = [await t.user('photographer'), await t.user('photographer'), await t.event()]
  const sold = await t.photo(event.id, gone.id)
  await t.photo(event.id, gone.id)
  const theirs = await t.photo(event.id, other.id)
  await addPaidOrder(t.db, (await t.visitor()).sessionId, [sold])
  await t.db.update(users).set({ deletedAt: new Date() }).where(eq(users.id, gone.id))
  await deletePhotosOfDeleted(t.system)
  const left = (await t.db.select({ id: photos.id }).from(photos)).map(({ id }) => id)
  expect(left.toSorted()).toEqual([sold.id, theirs.id].toSorted())
})
