import { execa } from 'execa'
import { isRoot } from './paths.ts'
import { Obstacle } from './say.ts'

/** The OS user that PostgreSQL runs as when we are root; `undefined` when we are not and it runs as we do. */
export async function postgresIdentity(): Promise<{ uid: number; gid: number } | undefined> {
  if (!isRoot()) return undefined
  const found = (await idsOf('postgres')) ?? (await createUser())
  if (!found)
    throw new Obstacle(
      'PostgreSQL refuses to run as root and the OS user "postgres" could not be made: run "useradd --system --user-group postgres", then start again.',
    )
  return found
}

async function idsOf(user: string): Promise<{ uid: number; gid: number } | undefined> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map(flag => execa('id', [flag, user], { reject: false })))
  if (uid?.exitCode !== 0 || gid?.exitCode !== 0) return undefined
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
}

async function createUser() {
  await execa('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
    reject: false,
  })
  return idsOf('postgres')
}
