import { execa } from 'execa'
import { appendFileSync, chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { postgresIdentity } from '../base/os-user.ts'
import { ROOT } from '../base/paths.ts'
import { installedPostgresFolder } from '../parts/find-postgres.ts'
import { readAlloy } from '../testing/alloy.ts'
import { renderTemplate, WITHOUT_ANSIBLE } from '../testing/run-ansible.ts'

const bin = installedPostgresFolder()
const lacking = WITHOUT_ANSIBLE || (bin ? '' : ' [skipped: there is no PostgreSQL here]')
/** As the test wants it, since these would need a machine of its own. */
const HERE = ['listen_addresses=', 'archive_mode=off', 'shared_buffers=16MB', 'log_destination=stderr']

/** What a server with Ansible's settings writes while `act` asks it, line by line. */
async function logOf(act: (db: Client) => Promise<void>): Promise<string[]> {
  // The folder for temporary files may be closed to the other user that runs PostgreSQL.
  const folder = mkdtempSync('/var/tmp/pix-log-')
  const identity = await postgresIdentity()
  const run = (program: string, ...args: string[]) =>
    execa(join(bin!, program), ['-D', join(folder, 'main'), ...args], { ...identity, cwd: folder, stdio: 'ignore' })
  const settings = join(folder, 'thepixstock.conf')
  await renderTemplate('vm1', 'postgresql/templates/thepixstock.conf', settings)
  chmodSync(settings, 0o644)
  if (identity) chownSync(folder, identity.uid, identity.gid)
  try {
    await run('initdb', '-A', 'trust', '-U', 'postgres', '--no-sync')
    appendFileSync(join(folder, 'main/postgresql.conf'), `include '${settings}'\n`)
    const given = [...HERE, `unix_socket_directories=${folder}`].map(setting => `-c ${setting}`).join(' ')
    await run('pg_ctl', '-w', '-l', join(folder, 'log'), '-o', given, 'start')
    try {
      const db = new Client({ host: folder, user: 'postgres', database: 'postgres' })
      await db.connect()
      await act(db).finally(() => db.end())
    } finally {
      await run('pg_ctl', '-w', '-m', 'fast', 'stop')
    }
    return readFileSync(join(folder, 'log'), 'utf8').split('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Values of a person, each in a statement that PostgreSQL logs. */
async function fail(db: Client): Promise<void> {
  await db.query('create table visitors (email text unique not null, age int check (age > 0), other text not null)')
  const insert = 'insert into visitors values ($1, $2, $3)'
  await db.query(insert, ['somchai@example.com', 7, 'Somchai'])
  await expect(db.query(insert, ['somchai@example.com', 7, 'Somchai'])).rejects.toThrow('visitors_email_key')
  await expect(db.query(insert, ['malee@example.com', -7, 'Malee'])).rejects.toThrow('visitors_age_check')
  await expect(db.query(insert, ['anong@example.com', 7, null])).rejects.toThrow('null value in column "other"')
  // A warning, and every statement slow.
  await db.query('rollback')
  await db.query('set log_min_duration_statement = 0')
  await db.query('select $1::text as name', ['Prasert'])
}

test.skipIf(lacking)(
  `PostgreSQL logs errors and slow statements without their values, and Alloy reads their level${lacking}`,
  async () => {
    const lines = await logOf(fail)
    expect(lines.filter(line => /example\.com|Somchai|Malee|Anong|Prasert|DETAIL|Failing row/i.test(line))).toEqual([])
    const { ofJournal } = readAlloy(readFileSync(join(ROOT, 'ansible/roles/alloy/templates/config.alloy'), 'utf8'))
    const levelOf = (text: string) => {
      const line = lines.find(one => one.includes(text))
      return line && ofJournal({ unit: 'postgresql@15-main.service' }, line).level
    }
    expect(
      Object.fromEntries(
        ['visitors_email_key', 'visitors_age_check', 'null value in column', 'no transaction', 'select $1'].map(
          text => [text, levelOf(text)],
        ),
      ),
    ).toEqual({
      visitors_email_key: 'error',
      visitors_age_check: 'error',
      'null value in column': 'error',
      'no transaction': 'warning',
      'select $1': 'info',
    })
  },
  120_000,
)
