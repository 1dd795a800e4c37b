import { createHash } from 'node:crypto'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { freemem, homedir, tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const ROOT = resolve(fileURLToPath(import.meta.url), '../../../../..')
export const isRoot = (): boolean => userInfo().uid === 0

/** Kept between checkouts: server binaries that took long to build. */
export const CACHE = join(homedir(), '.cache', 'thepixstock')

export interface Folders {
  /** Everything that the stack writes, but for PostgreSQL's files when started as root. */
  data: string
  /** PostgreSQL's own: it refuses to run as root, and its user must be able to walk there. */
  postgres: string
  logs: string
}

/**
 * Where `npm start` keeps its data. As root the checkout often lies in a home that other users cannot enter, so
 * PostgreSQL's files then go to /var/lib, in a folder named after the checkout's path. A folder in `PIX_DATA` holds
 * everything; as root it must be one that every user can walk to.
 *
 * @param beside names data that are kept apart from those of a plain start
 */
export function startFolders(beside?: string): Folders {
  if (process.env.PIX_DATA) return foldersIn(join(resolve(process.env.PIX_DATA), beside ?? ''))
  const data = join(ROOT, '.data', beside ?? '')
  const checkout = createHash('sha256').update(ROOT).digest('hex').slice(0, 8)
  const postgres = isRoot()
    ? join(`/var/lib/thepixstock-${checkout}`, beside ?? '', 'postgres')
    : join(data, 'postgres')
  return { data, postgres, logs: join(data, 'logs') }
}

/** A place that is gone after the tests. */
export async function temporaryFolders(): Promise<Folders> {
  return foldersIn(await mkdtemp(join(tmpdir(), 'thepixstock-')))
}

/** Linux's folder in memory. */
const MEMORY = '/dev/shm'
/** What the databases of all integration tests at once, and their log, stay well below. */
const NEEDED_BYTES = 4 * 1024 ** 3

/**
 * Temporary folders whose databases are in memory, where there is room: a test's database is a copy of some 800 files,
 * which takes a disk four times as long.
 */
export async function temporaryFoldersForTests(): Promise<Folders> {
  const folders = await temporaryFolders()
  const room = await statfs(MEMORY).then(
    ({ bavail, bsize }) => Math.min(bavail * bsize, freemem()),
    () => 0,
  )
  if (room < NEEDED_BYTES) return folders
  return { ...folders, postgres: join(await mkdtemp(join(MEMORY, 'thepixstock-')), 'postgres') }
}

/** Deletes temporary folders with all that is in them. */
export async function forgetFolders({ data, postgres }: Folders): Promise<void> {
  for (const folder of [data, dirname(postgres)]) await rm(folder, { recursive: true, force: true })
}

const foldersIn = (data: string): Folders => ({ data, postgres: join(data, 'postgres'), logs: join(data, 'logs') })
