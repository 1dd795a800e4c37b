import { execa } from 'execa'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { platform } from 'node:os'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { dockerRun } from './docker.ts'
import { versionOf } from './find-postgres.ts'
import { postgresIdentity } from '../base/os-user.ts'
import type { Folders } from '../base/paths.ts'
import { untilReady } from '../base/processes.ts'
import type { Processes } from '../base/processes.ts'
import { Obstacle, say } from '../base/say.ts'
import type { PostgresChoice } from './take-parts.ts'

interface Options {
  folders: Folders
  port: number
  password: string
  /** For tests: faster, and a power cut may lose everything. */
  temporaryData: boolean
  onEnd: (reason: string) => void
}

/** Address of the server for its superuser, database `postgres`. */
export async function startPostgres(processes: Processes, choice: PostgresChoice, options: Options): Promise<string> {
  if (choice.kind === 'address') return choice.url
  const { port, password, onEnd } = options
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  const running =
    choice.kind === 'docker'
      ? processes.start(dockerRun('postgres', port, { POSTGRES_PASSWORD: password }), onEnd)
      : await startBinary(processes, await serverFolder(choice, options.folders.postgres), options)
  await untilReady(running, () => query(url, 'select 1'))
  return url
}

/** Folder that holds `initdb` and `postgres` and that the server's OS user can walk into. */
async function serverFolder(choice: { kind: 'binary' | 'embedded'; folder: string }, data: string): Promise<string> {
  const identity = await postgresIdentity()
  if (choice.kind === 'binary' || !identity) return choice.folder
  // The package lies in the checkout, perhaps in root's home: the other user gets a copy beside its data.
  const copy = join(dirname(data), 'postgres-server')
  const native = dirname(choice.folder)
  const mark = join(copy, 'copied-from')
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== native) {
    rmSync(copy, { recursive: true, force: true })
    const ours = process.umask(0o022)
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    process.umask(ours)
    writeFileSync(mark, native)
  }
  return join(copy, 'bin')
}

async function startBinary(
  processes: Processes,
  bin: string,
  { folders, port, password, temporaryData, onEnd }: Options,
) {
  const data = folders.postgres
  const identity = await postgresIdentity()
  putAsideForeignData(data, password)
  checkVersion(bin, data)
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(bin, data, password, identity)
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'].flatMap(
    setting => ['-c', setting],
  )
  const listening = ['listen_addresses=127.0.0.1', 'unix_socket_directories='].flatMap(setting => ['-c', setting])
  return processes.start(
    {
      name: 'postgresql',
      command: join(bin, 'postgres'),
      args: ['-D', data, '-p', String(port), ...listening, ...(temporaryData ? fast : [])],
      cwd: data,
      stopSignal: 'SIGINT',
      ...identity,
    },
    onEnd,
  )
}

async function initialise(
  bin: string,
  data: string,
  password: string,
  identity?: { uid: number; gid: number },
): Promise<void> {
  say('PostgreSQL: making a new data folder')
  mkdirSync(data, { recursive: true })
  const passwordFile = join(data, '..', 'initdb-password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (identity) {
    // /tmp/thepixstock-… is made for its owner only; the server's user must pass through, not look inside.
    chmodSync(dirname(data), 0o711)
    chownSync(data, identity.uid, identity.gid)
    chownSync(passwordFile, identity.uid, identity.gid)
  }
  // Trigrams of Thai need a locale that knows letters beyond ASCII.
  const locale = platform() === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  const args = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    `--locale=${locale}`,
    '--no-sync',
  ]
  try {
    await execa(join(bin, 'initdb'), args, { cwd: data, ...identity })
    writeFileSync(ownerMark(data), hashOf(password), { mode: 0o600 })
  } catch (error) {
    rmSync(data, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/** Beside the data, which belong to the server's user: for which password they were made, as a hash. */
const ownerMark = (data: string) => `${data}-made-for`
const hashOf = (password: string) => createHash('sha256').update(password).digest('hex')

/**
 * As root the data lie outside the checkout and outlive it, while its secrets and objects do not. Nobody can open them
 * from a new checkout at the same place: they are put aside, not deleted.
 */
function putAsideForeignData(data: string, password: string): void {
  if (!existsSync(join(data, 'PG_VERSION'))) return
  const mark = ownerMark(data)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hashOf(password)) return
  const aside = `${data}-before-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`
  renameSync(data, aside)
  say(`PostgreSQL: the data of an earlier checkout here have other secrets; kept in ${aside}`)
}

function checkVersion(bin: string, data: string): void {
  const file = join(data, 'PG_VERSION')
  if (!existsSync(file)) return
  const [have, made] = [versionOf(bin), Number(readFileSync(file, 'utf8'))]
  if (have === made) return
  throw new Obstacle(
    `The data in ${data} were made by PostgreSQL ${made} but this machine offers ${have}: put version ${made} on PATH, or forget the data with "npm run reset".`,
  )
}

export async function query(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined) // a server that stops meanwhile fails the query that waits for it
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
