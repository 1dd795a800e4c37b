import { migrate } from '@pix/db/migrate.ts'
import { Client } from 'pg'
import type { Secrets } from '../base/secrets.ts'

export interface DatabaseUrls {
  /** `pix_owner`: migrates. */
  owner: string
  /** `pix_app`: serves; neither owner nor superuser. */
  app: string
}

/** The same server and another user or database. */
export function withUser(url: string, user: string, password: string, database: string): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  changed.pathname = `/${database}`
  return changed.href
}

/**
 * Makes the two roles with our passwords, and `pix_staff`, which nobody signs in as: `pix_app` becomes it for the time of a
 * transaction (docs/decisions/0042), and has none of its rights before. Roles belong to the whole server, so this is safe
 * to repeat.
 */
export async function prepareRoles(adminUrl: string, passwords: { owner: string; app: string }): Promise<void> {
  const client = new Client({ connectionString: adminUrl })
  client.on('error', () => undefined) // a server that stops meanwhile fails the query that waits for it
  await client.connect()
  try {
    for (const [role, password] of [
      ['pix_owner', passwords.owner],
      ['pix_app', passwords.app],
    ] as const) {
      const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role])
      if (!rowCount) await client.query(`create role ${role} login nosuperuser nocreatedb nocreaterole`)
      await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
    }
    const { rowCount } = await client.query("select 1 from pg_roles where rolname = 'pix_staff'")
    if (!rowCount) await client.query('create role pix_staff nologin nosuperuser nocreatedb nocreaterole')
    await client.query('alter role pix_app noinherit')
    await client.query('grant pix_staff to pix_app')
  } finally {
    await client.end()
  }
}

/** Roles, the database, its migrations. Safe to repeat. */
export async function prepareDatabase(
  adminUrl: string,
  secrets: Pick<Secrets, 'ownerPassword' | 'appPassword'>,
  database = 'thepixstock',
): Promise<DatabaseUrls> {
  await prepareRoles(adminUrl, { owner: secrets.ownerPassword, app: secrets.appPassword })
  const client = new Client({ connectionString: adminUrl })
  client.on('error', () => undefined) // a server that stops meanwhile fails the query that waits for it
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(database)} owner pix_owner`)
  } finally {
    await client.end()
  }
  const owner = withUser(adminUrl, 'pix_owner', secrets.ownerPassword, database)
  await migrate(owner)
  return { owner, app: withUser(adminUrl, 'pix_app', secrets.appPassword, database) }
}
