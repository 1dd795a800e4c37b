import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cameraFiles } from '@pix/db/schema/cameras.ts'
import { TEST_HOOK_SECRET } from '../../../../testing/environment.ts'
import { type TestApp, testApp } from '../../../../testing/test-app.ts'
import { scene } from '../upload-testing.ts'

interface Login {
  id: string
  userName: string
  password: string
}

/**
 * A shop that listens, an event with its photographer, and a stand-in for SFTPGo: it sends what SFTPGo 2.7 sends to its hooks,
 * by HTTP, and writes files where SFTPGo would.
 */
export async function cameraScene(settings: Record<string, string> = {}) {
  const spool = await mkdtemp(join(tmpdir(), 'pix-camera-'))
  const t = await testApp({ settings: { CAMERA_SPOOL: spool, ...settings } })
  const { event, photographer } = await scene(t)
  const origin = await t.listen()
  const call = (name: string, body: object, secret: string | null = TEST_HOOK_SECRET) =>
    fetch(`${origin}/api/hooks/camera/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(secret === null ? {} : { 'x-hook-secret': secret }) },
      body: JSON.stringify(body),
    })
  const put = async ({ id }: Pick<Login, 'id'>, path: string, bytes: Buffer) => {
    const place = join(spool, id, path)
    await mkdir(dirname(place), { recursive: true })
    await writeFile(place, bytes)
  }
  const announce = (userName: string, path: string, more: object = {}) =>
    call('upload', uploadEvent(userName, path, more))
  return {
    t,
    spool,
    event,
    photographer,
    call,
    put,
    announce,
    signIn: (login: Pick<Login, 'userName' | 'password'>, ip?: string) =>
      call('sign-in', authRequest(login.userName, login.password, ip)).then(answer => answer.json()),
    send: async (login: Login, path: string, bytes: Buffer) => {
      await put(login, path, bytes)
      return announce(login.userName, path).then(answer => answer.json())
    },
    makeLogin: (eventId = event.id, headers: Record<string, string> = photographer.headers) =>
      makeLogin(t, eventId, headers),
    files: () => t.db.select().from(cameraFiles).orderBy(cameraFiles.createdAt, cameraFiles.id),
    async [Symbol.asyncDispose]() {
      await t[Symbol.asyncDispose]()
      await rm(spool, { recursive: true, force: true })
    },
  }
}

const makeLogin = async (t: TestApp, eventId: string, headers: Record<string, string>): Promise<Login> =>
  (await t.app.inject({ method: 'POST', url: `/api/events/${eventId}/cameras`, headers })).json()

/** What `external_auth_hook` gets; `user` is there once SFTPGo knows the name. */
const authRequest = (username: string, password: string, ip = '203.0.113.7') => ({
  username,
  password,
  ip,
  protocol: 'FTP',
  public_key: '',
  keyboard_interactive: '',
  tls_cert: '',
  user: { id: 1, status: 1, username, permissions: { '/': ['list', 'upload', 'create_dirs'] } },
})

/** What `actions.hook` gets after an upload. */
const uploadEvent = (username: string, path: string, more: object) => ({
  action: 'upload',
  username,
  path: `/var/spool/thepixstock/camera${path}`,
  virtual_path: path,
  file_size: 1,
  fs_provider: 0,
  status: 1,
  protocol: 'FTP',
  ip: '203.0.113.7',
  session_id: 'FTP_0_1',
  timestamp: 1_795_840_998_248_000_000,
  elapsed: 12,
  ...more,
})
