import { existsSync } from 'node:fs'
import { readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { auditEvents } from '@pix/db/schema/audit.ts'
import { users } from '@pix/db/schema/auth.ts'
import { cameraFiles, cameraLogins } from '@pix/db/schema/cameras.ts'
import { eventPhotographers, events } from '@pix/db/schema/events.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { secondFactors } from '@pix/db/schema/second-factors.ts'
import { studioMembers } from '@pix/db/schema/studios.ts'
import { seal } from '@pix/db/sealed/seal.ts'
import { asSystem } from '@pix/db/tenant.ts'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { testJpeg } from '../../../../testing/images.ts'
import { originals } from '../upload-testing.ts'
import { cameraScene } from './cameras-testing.ts'
import { sweepFiles } from './sweep-files.ts'

const MINUTE = 60_000

test('a login is shown once, kept as a hash, opens its own folder for uploads alone, and ends', async () => {
  await using s = await cameraScene()
  const { t, event, photographer } = s
  const login = await s.makeLogin()
  expect(login).toMatchObject({ userName: expect.stringMatching(/^cam-[a-z2-9]{8}$/), lastUsedAt: null })
  const [row] = await t.db.select().from(cameraLogins)
  expect([row!.passwordHash.startsWith('$argon2id$'), JSON.stringify(row).includes(login.password)]).toEqual([
    true,
    false,
  ])

  expect(await s.signIn(login)).toEqual({
    username: login.userName,
    status: 1,
    home_dir: join(s.spool, login.id),
    max_sessions: 5,
    permissions: { '/': ['list', 'upload', 'create_dirs'] },
    filters: { denied_protocols: ['HTTP', 'DAV'], max_upload_file_size: 200_000_000 },
    filesystem: { provider: 0 },
  })
  const url = `/api/events/${event.id}/cameras`
  const read = async () => (await t.app.inject({ url, headers: photographer.headers })).json()
  expect(await read()).toMatchObject({
    server: { host: 'cameras.test', ftpPort: 21, sftpPort: 2022 },
    logins: [{ id: login.id, lastUsedAt: expect.any(String) }],
  })
  expect(JSON.stringify(await read())).not.toContain(login.password)

  const end = () => t.app.inject({ method: 'DELETE', url: `${url}/${login.id}`, headers: photographer.headers })
  expect([(await end()).statusCode, (await end()).statusCode]).toEqual([204, 204])
  expect(await s.signIn(login)).toEqual({ username: '' })
  expect((await read()).logins).toEqual([])
  expect(await s.send(login, '/late.jpg', await testJpeg(1))).toEqual({ taken: true })
  expect((await read()).files).toMatchObject([{ fileName: 'late.jpg', outcome: 'refused', code: 'login_ended' }])
  expect(await t.db.$count(photos)).toBe(0)
})

test('the audit says who made and ended a login, for which event and studio and from where, and holds no password', async () => {
  await using s = await cameraScene()
  const { t, event, photographer } = s
  const { id, userName, password } = await s.makeLogin()
  const url = `/api/events/${event.id}/cameras/${id}`
  const headers = { ...photographer.headers, 'user-agent': 'a phone' }
  for (const _ of ['ended', 'ended already']) await t.app.inject({ method: 'DELETE', url, headers })
  const lines = await t.db.select().from(auditEvents).orderBy(auditEvents.createdAt, auditEvents.id)
  const line = { subject: `event:${event.id}`, actorId: photographer.id, studioId: event.studioId, ip: '127.0.0.1' }
  expect(lines).toMatchObject([
    { ...line, action: 'camera_login.create', before: null, after: { login: id, userName } },
    { ...line, action: 'camera_login.end', before: { login: id, userName }, after: null, device: 'a phone' },
  ])
  expect(JSON.stringify(lines)).not.toContain(password)
})

test('without the secret of the hooks nothing is there; a wrong password, an unknown name and odd ones answer alike', async () => {
  await using s = await cameraScene()
  const login = await s.makeLogin()
  for (const secret of [null, '', 'wrong', `${'x'.repeat(39)}`])
    for (const name of ['sign-in', 'upload'])
      expect(
        (
          await s.call(
            name,
            { username: 'a', ip: '1.1.1.1', protocol: 'FTP', action: 'upload', virtual_path: '/a', status: 1 },
            secret,
          )
        ).status,
      ).toBe(404)
  for (const userName of [login.userName, 'cam-zzzzzzzz', '', 'นก', "' or 1=1 --", 'x'.repeat(2_000)])
    expect(await s.signIn({ userName, password: 'wrong' })).toEqual({ username: '' })
})

test('who guesses is locked out from their network, and answered as before; the camera elsewhere signs in', async () => {
  await using s = await cameraScene()
  const login = await s.makeLogin()
  for (let tries = 0; tries < 5; tries++) await s.signIn({ ...login, password: 'wrong' })
  expect(await s.signIn(login)).toEqual({ username: '' })
  expect(await s.signIn(login, '198.51.100.9')).toMatchObject({ username: login.userName })
  s.t.forward(2 * MINUTE)
  expect(await s.signIn(login)).toMatchObject({ username: login.userName })
})

test('a login is refused while its photographer is suspended or out of the event, or the event takes no uploads', async () => {
  await using s = await cameraScene()
  const { t, event, photographer } = s
  const login = await s.makeLogin()
  const good = async () => (await s.signIn(login)).username === login.userName
  const set = (suspendedAt: Date | null) => t.db.update(users).set({ suspendedAt }).where(eq(users.id, photographer.id))
  const be = (status: 'closed' | 'open') => t.db.update(events).set({ status }).where(eq(events.id, event.id))
  expect(await good()).toBe(true)
  await set(new Date())
  expect(await good()).toBe(false)
  await s.send(login, '/suspended.jpg', await testJpeg(1))
  await set(null)
  await be('closed')
  expect(await good()).toBe(false)
  await s.send(login, '/closed.jpg', await testJpeg(2))
  await be('open')
  expect(await good()).toBe(true)
  await t.db.delete(eventPhotographers).where(eq(eventPhotographers.userId, photographer.id))
  expect(await good()).toBe(false)
  await s.send(login, '/out.jpg', await testJpeg(3))
  expect((await s.files()).map(({ fileName, code }) => [fileName, code])).toEqual([
    ['suspended.jpg', 'login_ended'],
    ['closed.jpg', 'uploads_closed'],
    ['out.jpg', 'login_ended'],
  ])
  expect([
    await t.db.$count(photos),
    await readdir(join(s.spool, login.id)),
    await readdir(join(s.spool, '.taking')),
  ]).toEqual([0, [], []])
})

test('a login is refused once its photographer may do nothing but turn a second factor on, and good again after it', async () => {
  await using s = await cameraScene({ SECOND_FACTOR: 'required' })
  const { t, photographer } = s
  const login = await s.makeLogin()
  await t.db.update(studioMembers).set({ role: 'owner' }).where(eq(studioMembers.userId, photographer.id))
  const good = async () => (await s.signIn(login)).username === login.userName
  expect(await good()).toBe(true)
  t.forward(8 * 24 * 60 * MINUTE)
  expect(await good()).toBe(false)
  await s.send(login, '/overdue.jpg', await testJpeg(1))
  expect(await s.files()).toMatchObject([{ outcome: 'refused', code: 'second_factor_required' }])
  expect(await t.db.$count(photos)).toBe(0)

  const secret = seal(t.deps.settings.COLUMN_KEYS, secondFactors.secret, photographer.id, 'of an app')
  const at = t.deps.now()
  await t.db.insert(secondFactors).values({ userId: photographer.id, secret, createdAt: at, confirmedAt: at })
  expect(await good()).toBe(true)
  await s.send(login, '/enrolled.jpg', await testJpeg(1))
  expect(await t.db.$count(photos)).toBe(1)
})

test('what a camera sends is stored once, by its content; the rest is refused by name or left out', async () => {
  await using s = await cameraScene()
  const { t, event, photographer } = s
  const login = await s.makeLogin()
  const bytes = await testJpeg(7)
  const raw = Buffer.concat([Buffer.from('\0\0\0\x18ftypcrx ', 'latin1'), Buffer.alloc(1_000)])
  const sent: [string, Buffer][] = [
    ['/DCIM/100CANON/นักวิ่ง 1.JPG', bytes],
    ['/DCIM/again.JPG', bytes],
    ['/empty.JPG', Buffer.alloc(0)],
    ['/truncated.JPG', (await testJpeg(8)).subarray(0, 40)],
    ['/paper.jpg', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1_000)])],
    ['/IMG_1.CR3', raw],
  ]
  for (const [path, file] of sent) expect([path, await s.send(login, path, file)]).toEqual([path, { taken: true }])
  expect((await s.files()).map(({ fileName, outcome, code }) => [fileName, outcome, code])).toEqual([
    ['นักวิ่ง 1.JPG', 'stored', null],
    ['again.JPG', 'duplicate', null],
    ['empty.JPG', 'refused', 'empty_file'],
    ['truncated.JPG', 'stored', null],
    ['paper.jpg', 'refused', 'not_an_image'],
    ['IMG_1.CR3', 'raw', null],
  ])
  expect(await t.db.select().from(photos).where(eq(photos.bytes, bytes.length))).toMatchObject([
    { eventId: event.id, photographerId: photographer.id, fileName: 'นักวิ่ง 1.JPG', state: 'queued' },
  ])
  expect(await originals(t)).toHaveLength(2)
  const { json } = await t.app.inject({ url: `/api/events/${event.id}/cameras`, headers: photographer.headers })
  expect(json().counts).toEqual({ stored: 2, duplicate: 1, refused: 2, raw: 1 })
})

test('a hook that comes twice, for a broken file, for another login or for a path outside takes nothing', async () => {
  await using s = await cameraScene()
  const [login, other] = [await s.makeLogin(), await s.makeLogin()]
  const secret = join(s.spool, 'secret.jpg')
  await writeFile(secret, await testJpeg(1))
  await s.put(login, '/here.jpg', await testJpeg(2))
  await symlink(secret, join(s.spool, login.id, 'link.jpg'))
  await symlink(s.spool, join(s.spool, login.id, 'folder'))
  const taken = async (userName: string, path: string, more = {}) =>
    (await (await s.announce(userName, path, more)).json()).taken
  for (const path of [
    '/../secret.jpg',
    '../secret.jpg',
    '/a/../../secret.jpg',
    `/../${other.id}/x.jpg`,
    '/link.jpg',
    '/folder/secret.jpg',
    '/',
    '',
    '.',
    '/none.jpg',
  ])
    expect([path, await taken(login.userName, path)]).toEqual([path, false])
  expect((await s.announce(login.userName, '/\0')).status).toBe(422)
  expect(await taken(other.userName, '/here.jpg')).toBe(false)
  expect(await taken('cam-zzzzzzzz', '/here.jpg')).toBe(false)
  for (const more of [{ status: 2 }, { status: 3 }, { action: 'delete' }])
    expect(await taken(login.userName, '/here.jpg', more)).toBe(false)
  expect(existsSync(secret)).toBe(true)
  const both = await Promise.all([taken(login.userName, '/here.jpg'), taken(login.userName, '/here.jpg')])
  expect(both.filter(Boolean)).toHaveLength(1)
  expect(await taken(login.userName, '/here.jpg')).toBe(false)
  expect(await s.files()).toHaveLength(1)
})

test('the sweep takes files whose hook never came, leaves those that are coming, and clears what is a day old', async () => {
  await using s = await cameraScene()
  const { t } = s
  const login = await s.makeLogin()
  await s.put(login, '/DCIM/missed.jpg', await testJpeg(1))
  await s.put(login, '/.sftpgo-upload.abc.coming.jpg', await testJpeg(2))
  await s.put({ id: t.deps.newId() }, '/nobodys.jpg', await testJpeg(3))
  const sweep = () => sweepFiles(asSystem(t.deps))
  await sweep()
  expect(await s.files()).toEqual([])
  t.forward(2 * MINUTE)
  await Promise.all([sweep(), sweep()])
  expect(await s.files()).toMatchObject([{ fileName: 'missed.jpg', outcome: 'stored' }])
  const left = async () => (await readdir(s.spool, { recursive: true })).filter(name => name.endsWith('.jpg')).length
  expect(await left()).toBe(2)
  t.forward(24 * 60 * MINUTE)
  await sweep()
  expect(await left()).toBe(0)
  t.forward(31 * 24 * 60 * MINUTE)
  await sweep()
  expect(await s.files()).toEqual([])
})

test('a process that dies after it took a file, or after it made the photo, loses nothing and stores once', async () => {
  await using s = await cameraScene()
  const { t } = s
  const login = await s.makeLogin()
  const bytes = await testJpeg(1)
  await s.send(login, '/a.jpg', bytes)
  const [done] = await s.files()
  const sweep = () => sweepFiles(asSystem(t.deps))
  // It died before the row had its outcome: the file lies there still, and the photo is there.
  await t.db.update(cameraFiles).set({ outcome: null, photoId: null })
  await writeFile(join(s.spool, '.taking', done!.id), bytes)
  await sweep()
  expect(await s.files()).toMatchObject([{ outcome: null }])
  t.forward(11 * MINUTE)
  await Promise.all([sweep(), sweep()])
  expect(await s.files()).toMatchObject([{ outcome: 'stored', photoId: done!.photoId }])
  expect([await t.db.$count(photos), await readdir(join(s.spool, '.taking'))]).toEqual([1, []])
  // It died before the file was renamed, or after the row had its outcome.
  const row = { id: t.deps.newId(), loginId: login.id, fileName: 'b.jpg', claimedAt: t.deps.now() }
  await t.db.insert(cameraFiles).values(row)
  await writeFile(join(s.spool, '.taking', done!.id), bytes)
  t.forward(11 * MINUTE)
  await sweep()
  expect([(await s.files()).map(({ id }) => id), await readdir(join(s.spool, '.taking'))]).toEqual([[done!.id], []])
})

test('while storage is away a file waits; after a day it is given up, and its row says so', async () => {
  await using s = await cameraScene()
  const { t } = s
  const login = await s.makeLogin()
  const put = t.storage.put
  Object.assign(t.storage, { put: () => Promise.reject(new Error('away')) })
  await s.put(login, '/a.jpg', await testJpeg(1))
  expect((await s.announce(login.userName, '/a.jpg')).status).toBe(500)
  expect(await s.files()).toMatchObject([{ outcome: null }])
  Object.assign(t.storage, { put })
  t.forward(25 * 60 * MINUTE)
  await sweepFiles(asSystem(t.deps))
  expect(await s.files()).toMatchObject([{ outcome: 'refused', code: 'internal' }])
})
