import { connect } from '@pix/db/client.ts'
import { sql } from 'drizzle-orm'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { embeddedPostgresFolder } from './find-postgres.ts'
import { temporaryFolders } from '../base/paths.ts'
import { freePort } from '../base/ports.ts'
import { startPostgres } from './postgres.ts'
import { prepareDatabase } from './prepare-database.ts'
import { Processes } from '../base/processes.ts'
import { loadSecrets } from '../base/secrets.ts'

test('the embedded PostgreSQL takes our migrations, finds Thai by trigrams, and keeps its data over a restart', async () => {
  const folders = await temporaryFolders()
  let secrets = loadSecrets(folders.data)
  const choice = { kind: 'embedded' as const, folder: embeddedPostgresFolder() }
  const start = async () => {
    const processes = new Processes(folders)
    const port = await freePort()
    const ended: string[] = []
    const adminUrl = await startPostgres(processes, choice, {
      folders,
      port,
      password: secrets.postgresPassword,
      temporaryData: true,
      onEnd: reason => ended.push(reason),
    })
    return { processes, ended, urls: await prepareDatabase(adminUrl, secrets) }
  }
  try {
    const first = await start()
    const db = connect(first.urls.owner)
    const { rows } = await db.execute<{ near: number }>(sql`select similarity('วิ่งมาราธอนเชียงใหม่', 'เชียงใหม่') as near`)
    expect(rows[0]?.near).toBeGreaterThan(0.2)
    const roles = await db.execute(sql`
      select pg_has_role('pix_app', 'pix_staff', 'member') as becomes, pg_has_role('pix_app', 'pix_staff', 'usage') as inherits`)
    expect(roles.rows).toEqual([{ becomes: true, inherits: false }])
    await db.execute(sql`create table kept (id int)`)
    await db.$client.end()
    await first.processes.stopAll()
    expect(first.ended).toEqual([])

    const second = await start()
    const again = connect(second.urls.owner)
    await expect(again.execute(sql`select * from kept`)).resolves.toMatchObject({ rows: [] })
    await again.$client.end()
    await second.processes.stopAll()

    // A new checkout at the same place: the data outlived their secrets.
    secrets = { ...secrets, postgresPassword: 'of-a-new-checkout' }
    const third = await start()
    await third.processes.stopAll()
    expect(readdirSync(dirname(folders.postgres)).filter(name => name.startsWith('postgres-before-'))).toHaveLength(1)
  } finally {
    rmSync(folders.data, { recursive: true, force: true })
  }
})

test('the generated secrets are kept, and readable by their owner only', async () => {
  const folders = await temporaryFolders()
  const first = loadSecrets(folders.data)
  expect(loadSecrets(folders.data)).toEqual(first)
  expect(statSync(join(folders.data, 'secrets.json')).mode & 0o077).toBe(0)
  rmSync(folders.data, { recursive: true })
})
