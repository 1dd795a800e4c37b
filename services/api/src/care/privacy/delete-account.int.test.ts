import { hash } from '@node-rs/argon2'
import { users } from '@pix/db/schema/auth.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { serviceKeys } from '@pix/db/schema/service-keys.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { enrolled, FACTOR_PASSWORD, person } from '../../testing/accounts.ts'
import { addPaidOrder } from '../../testing/paid-order.ts'
import { insertKey } from '../../testing/service-keys.ts'
import { testApp, type TestApp } from '../../testing/test-app.ts'
import { deleteFilesOfDeleted } from './delete-account.ts'

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

test('of the two owners of a studio who delete their accounts at once, one stays and gets the refusal; keys of the other end', async () => {
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
  await deleteFilesOfDeleted(t.system)
  const left = (await t.db.select({ id: photos.id }).from(photos)).map(({ id }) => id)
  expect(left.toSorted()).toEqual([sold.id, theirs.id].toSorted())
})

test('wrong passwords of a deletion are counted as those of a sign-in, and a second factor is asked for', async () => {
  await using t = await testApp({ settings: { LIMIT_LOGINS_PER_MINUTE: '1000' } })
  const anna = await person(t)
  const app = await enrolled(t, anna)
  const ask = async (more: object, { headers } = anna) => {
    const payload = { locale: 'en', ...more }
    const answer = await t.app.inject({ method: 'POST', url: '/api/me/deletion', headers, payload })
    return answer.statusCode === 204 ? 'deleted' : answer.json<{ code: string }>().code
  }
  expect(await ask({ password: FACTOR_PASSWORD })).toBe('wrong_second_factor')
  expect(await ask({ password: FACTOR_PASSWORD, code: '000000' })).toBe('wrong_second_factor')
  const codes = []
  for (let i = 0; i < 12; i++) codes.push(await ask({ password: 'a wrong guess', code: app.code() }))
  expect(codes[0]).toBe('wrong_password')
  expect(codes.at(-1)).toBe('account_locked')
  expect(await ask({ password: FACTOR_PASSWORD, code: app.code() })).toBe('account_locked')
  const ben = await person(t)
  const { code } = await enrolled(t, ben)
  expect(await ask({ password: FACTOR_PASSWORD, code: code() }, ben)).toBe('deleted')
})

test('an account without a password is deleted by its address, however that is typed', async () => {
  await using t = await testApp()
  const { headers } = await t.user('customer', { email: 'mali@xn--o3cw4h.xn--o3cw4h', passwordHash: null })
  const ask = (password: string) =>
    t.app.inject({ method: 'POST', url: '/api/me/deletion', headers, payload: { password, locale: 'th' } })
  expect((await ask('ben@ไทย.ไทย')).json().code).toBe('wrong_password')
  expect((await ask('Mali@ไทย.ไทย')).statusCode).toBe(204)
})
