import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Pool, type PoolClient } from 'pg'
import { connect } from './client.ts'
import type { Db } from './client.ts'
import { migrate } from './migrate.ts'

/** One integration test's database. */
export interface TestDb extends AsyncDisposable {
  /** As `pix_app`, the role that serves: what it may not do fails here as it would there. */
  db: Db
  /** As `pix_owner`, for what only an owner may do. Opened on first use. */
  owner(): Db
  /** Addresses, for a program that connects by itself. */
  appUrl: string
  ownerUrl: string
  /**
   * A database with the files of this one as they are now: what a restored backup is. The connections to this one are cut
   * for it; the next statement opens new ones.
   */
  copy(): Promise<TestDb>
}

/** A loaded machine is slow, not wrong. */
const PATIENT = { connectMs: 60_000 }
const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url))

/**
 * A database of the test's own, cloned from a migrated template (some 50 ms) and dropped at the end:
 * `await using t = await testDb()`. The server comes from `npm test` or `node infra/bootstrap.mjs services`.
 */
export async function testDb(): Promise<TestDb> {
  const { adminUrl, ownerPassword } = addresses()
  const template = await (migrated ??= migratedTemplate(adminUrl, ownerPassword))
  // Copying files takes half the time of the default, which writes each page to the log.
  return openTestDb(`template ${template} strategy file_copy`)
}

/** A database as it was before a migration, and before all that came after that one. `migrate` then brings it up to date. */
export async function testDbBefore(migration: string): Promise<TestDb> {
  const database = await openTestDb('')
  const folder = await mkdtemp(join(tmpdir(), 'pix-migrations-'))
  try {
    await cp(MIGRATIONS, folder, { recursive: true })
    const journal = join(folder, 'meta/_journal.json')
    const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { tag: string }[] }
    const end = entries.findIndex(entry => entry.tag === migration)
    if (end < 0) throw new Error(`there is no migration ${migration}`)
    await writeFile(journal, JSON.stringify({ ...rest, entries: entries.slice(0, end) }))
    await migrate(database.ownerUrl, folder)
    return database
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function openTestDb(template: string): Promise<TestDb> {
  const { adminUrl, ownerPassword, appPassword } = addresses()
  const name = `t_${randomBytes(8).toString('hex')}`
  await asAdmin(adminUrl, admin => admin.query(`create database ${name} ${template} owner pix_owner`))
  const appUrl = withUser(adminUrl, 'pix_app', appPassword, name)
  const ownerUrl = withUser(adminUrl, 'pix_owner', ownerPassword, name)
  const db = connect(appUrl, PATIENT)
  let owner: Db | undefined
  return {
    db,
    owner: () => (owner ??= connect(ownerUrl, { max: 2, ...PATIENT })),
    appUrl,
    ownerUrl,
    copy: async () => {
      const cut = 'select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = $1'
      await asAdmin(adminUrl, admin => admin.query(cut, [name]))
      return openTestDb(`template ${name} strategy file_copy`)
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([db.$client.end(), owner?.$client.end()])
      await asAdmin(adminUrl, admin => admin.query(`drop database if exists ${name} with (force)`))
    },
  }
}

/**
 * The text of every statement that the connections of `db` send from now on, those of transactions among them, in the
 * order of sending.
 */
export function watchStatements(db: Db): string[] {
  const statements: string[] = []
  const watched = new WeakSet<PoolClient>()
  db.$client.on('acquire', client => {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const recorded = (...args: [string | { text: string }, ...unknown[]]) => {
      statements.push(typeof args[0] === 'string' ? args[0] : args[0].text)
      return query(...args)
    }
    Object.assign(client, { query: recorded })
  })
  return statements
}

function addresses(): { adminUrl: string; ownerPassword: string; appPassword: string } {
  const adminUrl = process.env.TEST_DATABASE_ADMIN_URL
  if (!adminUrl) {
    throw new Error(
      'Integration tests need their servers: run "npm test", or keep "node infra/bootstrap.mjs services" running.',
    )
  }
  const { TEST_DATABASE_OWNER_PASSWORD: ownerPassword = '', TEST_DATABASE_APP_PASSWORD: appPassword = '' } = process.env
  return { adminUrl, ownerPassword, appPassword }
}

/** The template's name: a process asks for it once. */
let migrated: Promise<string> | undefined

/** Named after the migrations' content, so that a changed migration makes a new one; the first test that needs it makes it. */
async function migratedTemplate(adminUrl: string, ownerPassword: string): Promise<string> {
  const hash = createHash('sha256')
  for (const file of readdirSync(MIGRATIONS).sort())
    if (file.endsWith('.sql')) hash.update(readFileSync(`${MIGRATIONS}/${file}`))
  const name = `template_${hash.digest('hex').slice(0, 16)}`
  await asAdmin(adminUrl, async admin => {
    await admin.query('select pg_advisory_lock(7269002)')
    try {
      const { rows } = await admin.query('select datistemplate from pg_database where datname = $1', [name])
      if (rows[0]?.datistemplate) return
      if (rows[0]) await admin.query(`drop database ${name}`) // its migration broke off
      await admin.query(`create database ${name} owner pix_owner`)
      await migrate(withUser(adminUrl, 'pix_owner', ownerPassword, name))
      await admin.query(`alter database ${name} with is_template true allow_connections false`)
    } finally {
      await admin.query('select pg_advisory_unlock(7269002)')
    }
  })
  return name
}

/** One connection makes and drops the databases of all tests of a process. Idle it keeps no process alive. */
let admins: Pool | undefined

async function asAdmin(url: string, act: (admin: PoolClient) => Promise<unknown>): Promise<void> {
  admins ??= new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true })
  const admin = await admins.connect()
  try {
    await act(admin)
  } finally {
    admin.release()
  }
}

function withUser(url: string, user: string, password: string, database: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  changed.pathname = `/${database}`
  return changed.href
}
