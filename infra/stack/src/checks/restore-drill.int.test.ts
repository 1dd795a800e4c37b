import { execa } from 'execa'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import * as schema from '@pix/db/schema/index.ts'
import { getTableName, isTable } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBinary } from '../base/find-binary.ts'
import { ROOT } from '../base/paths.ts'

const VERSION = '15'
const BIN = `/usr/lib/postgresql/${VERSION}/bin`
const SCRIPT = readFileSync(join(ROOT, 'ansible/roles/backup/templates/pix-restore-drill'), 'utf8')
const BACKUP = join(ROOT, 'ansible/roles/backup/templates/pix-backup')
const TABLES = /^ {2}for table in (.+); do$/m.exec(SCRIPT)![1]!.split(' ')

const isHere =
  process.getuid?.() === 0 && existsSync(BIN) && ['pgbackrest', 'runuser'].every(name => findBinary([name]))
const lacking = isHere ? '' : ` [skipped: it needs root, Debian's PostgreSQL ${VERSION} and pgBackRest]`

let folder = ''
const env = () => ({
  PGBACKREST_CONFIG: join(folder, 'pgbackrest.conf'),
  DRILL_SCRATCH: join(folder, 'scratch'),
  DRILL_METRICS: join(folder, 'drill.prom'),
  DRILL_LIVE: folder,
})
const asPostgres = (...args: string[]) =>
  execa('runuser', ['-u', 'postgres', '--', ...args], { env: env(), cwd: folder })
const ask = async (statement: string, database = 'thepixstock') =>
  (await asPostgres('psql', '-XAtq', '-h', folder, '-d', database, '-c', statement)).stdout
const server = (...args: string[]) =>
  asPostgres(join(BIN, 'pg_ctl'), '-D', join(folder, 'main'), '-l', join(folder, 'log'), '-w', ...args)
const backUp = () => asPostgres('pgbackrest', '--stanza=thepixstock', '--type=full', 'backup')

/** As the timer runs it. */
async function drill() {
  const { exitCode, all } = await execa('sh', [join(folder, 'drill')], { env: env(), all: true, reject: false })
  const metrics = readFileSync(env().DRILL_METRICS, 'utf8')
  const figure = (name: string) => Number(new RegExp(`^pix_restore_drill_${name} (\\S+)$`, 'm').exec(metrics)?.[1])
  return { exitCode, said: all, figure }
}

/** A cluster that archives into a repository beside it, with a row in each table that is counted. */
beforeAll(async () => {
  if (!isHere) return
  // The folder for temporary files may be closed to the other user that runs PostgreSQL.
  folder = mkdtempSync('/var/tmp/pix-drill-')
  const { stdout } = await execa('id', ['-u', 'postgres'])
  chownSync(folder, Number(stdout), Number(stdout))
  chmodSync(folder, 0o755)
  writeFileSync(join(folder, 'drill'), SCRIPT.replaceAll('{{ postgresql_version }}', VERSION))
  const repository = ['repo1-path', 'lock-path'].map(name => `${name}=${join(folder, name)}`)
  for (const name of ['repo1-path', 'lock-path']) mkdirSync(join(folder, name))
  for (const name of ['repo1-path', 'lock-path']) chownSync(join(folder, name), Number(stdout), Number(stdout))
  const quiet = ['log-level-file=off', 'log-level-console=error', 'start-fast=y', 'repo1-retention-full=9']
  const cluster = ['[thepixstock]', `pg1-path=${join(folder, 'main')}`, `pg1-socket-path=${folder}`]
  writeFileSync(env().PGBACKREST_CONFIG, ['[global]', ...repository, ...quiet, ...cluster, ''].join('\n'))
  // Whatever the umask of the run.
  chmodSync(env().PGBACKREST_CONFIG, 0o644)
  await asPostgres(join(BIN, 'initdb'), '-A', 'peer', '-D', join(folder, 'main'))
  const archive = `pgbackrest --config=${env().PGBACKREST_CONFIG} --stanza=thepixstock archive-push %p`
  const settings = [`listen_addresses=''`, `unix_socket_directories='${folder}'`, `archive_mode=on`]
  const conf = [...settings, `archive_command='${archive}'`, `max_connections=200`, ''].join('\n')
  writeFileSync(join(folder, 'main/postgresql.conf'), conf)
  await server('start')
  await ask('create database thepixstock', 'postgres')
  for (const table of TABLES) {
    await ask(`create table ${table} (id int primary key, word text not null)`)
    await ask(`insert into ${table} select n, repeat('a', 50) from generate_series(1, 5000) n`)
  }
  await asPostgres('pgbackrest', '--stanza=thepixstock', 'stanza-create')
  await backUp()
}, 300_000)

afterAll(async () => {
  if (!isHere) return
  await server('stop', '-m', 'immediate')
  rmSync(folder, { recursive: true })
})

test('the tables whose rows a restore for trial counts are ours', () => {
  const ours = new Set<string>(Object.values(schema).flatMap(part => (isTable(part) ? [getTableName(part)] : [])))
  expect(TABLES.filter(table => !ours.has(table))).toEqual([])
})

test.skipIf(!isHere)(
  `a backup is measured, and one that fails keeps when the last one was made${lacking}`,
  async () => {
    const metrics = join(folder, 'backup.prom')
    async function make(kind: string, settings: Record<string, string> = {}) {
      const { exitCode } = await execa('sh', [BACKUP, kind], {
        cwd: folder,
        env: { ...env(), BACKUP_METRICS: metrics, ...settings },
        reject: false,
      })
      const text = readFileSync(metrics, 'utf8')
      const figure = (name: string) =>
        Number(new RegExp(`^pix_backup_${name}{kind="${kind}"} (\\S+)$`, 'm').exec(text)?.[1])
      return { exitCode, success: figure('success'), last: figure('last_success_timestamp_seconds') }
    }
    // As Ansible leaves it until the first one.
    writeFileSync(metrics, 'pix_backup_last_success_timestamp_seconds{kind="diff"} 7\n')
    const nowhere = { PGBACKREST_REPO1_PATH: join(folder, 'nowhere') }
    expect(await make('diff', nowhere)).toEqual({ exitCode: 1, success: 0, last: 7 })
    const made = await make('diff')
    expect(made).toMatchObject({ exitCode: 0, success: 1 })
    expect(Date.now() / 1_000 - made.last).toBeLessThan(300)
    expect(await make('diff', nowhere)).toEqual({ exitCode: 1, success: 0, last: made.last })
    expect((await execa('sh', [BACKUP, 'weekly'], { reject: false })).exitCode).toBe(2)
  },
  300_000,
)

test.skipIf(!isHere)(
  `a sound backup is restored with its log, read, measured and taken away${lacking}`,
  async () => {
    await ask(`insert into users values (6000, 'after the backup')`)
    await ask('select pg_switch_wal()')
    await expect
      .poll(() => ask('select count(*) from pg_ls_archive_statusdir() where name like $$%.ready$$'), {
        timeout: 60_000,
      })
      .toBe('0')
    const { exitCode, said, figure } = await drill()
    expect([exitCode, said]).toEqual([0, expect.stringContaining('users: 5001 rows restored, 5001 in the database')])
    expect([figure('success'), figure('bytes') > 5e6]).toEqual([1, true])
    expect(figure('last_success_timestamp_seconds')).toBe(figure('timestamp_seconds'))
    expect(figure('timestamp_seconds') - figure('newest_timestamp_seconds')).toBeLessThan(300)
    expect(existsSync(env().DRILL_SCRATCH)).toBe(false)
  },
  300_000,
)

test.skipIf(!isHere)(
  `a backup with a damaged index fails, and the last success stays as it was${lacking}`,
  async () => {
    const before = (await drill()).figure('last_success_timestamp_seconds')
    const file = join(folder, 'main', await ask(`select pg_relation_filepath('photos_pkey')`))
    await ask('checkpoint')
    await server('stop', '-m', 'fast')
    const index = openSync(file, 'r+')
    writeSync(index, Buffer.alloc(8_192, 0x5a), 0, 8_192, 2 * 8_192)
    closeSync(index)
    await server('start')
    await backUp()
    const { exitCode, said, figure } = await drill()
    expect([exitCode, said]).toEqual([1, expect.stringContaining('photos_pkey')])
    expect([figure('success'), figure('last_success_timestamp_seconds')]).toEqual([0, before])
    expect(existsSync(env().DRILL_SCRATCH)).toBe(false)
  },
  300_000,
)
