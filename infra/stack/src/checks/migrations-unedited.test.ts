import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'

const MIGRATIONS = 'packages/db/migrations/*.sql'

const git = (root: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })

/** Migrations that a commit changed after the one that brought them; a new number alone is no change. */
function editedMigrations(root: string): string[] {
  const changed = git(root, 'log', '--diff-filter=M', '--find-renames', '--format=', '--name-only', '--', MIGRATIONS)
  const uncommitted = git(root, 'diff', '--diff-filter=M', '--name-only', 'HEAD', '--', MIGRATIONS)
  return [...new Set(`${changed}${uncommitted}`.split('\n').filter(Boolean))]
}

// An unpacked archive and a clone of the last commit alone have no history to ask.
const hasHistory =
  existsSync(join(ROOT, '.git')) && git(ROOT, 'rev-parse', '--is-shallow-repository').trim() === 'false'

test.skipIf(!hasHistory)('no migration was edited after it was committed', () => {
  expect(editedMigrations(ROOT)).toEqual([])
})

test('a migration that is edited is found, committed or not; one that gets another number is not', () => {
  const root = mkdtempSync(join(tmpdir(), 'migrations-'))
  const put = (name: string, text: string) => writeFileSync(join(root, 'packages/db/migrations', name), text)
  const commit = () => {
    git(root, 'add', '-A')
    git(root, 'commit', '-qm', 'a step')
  }
  try {
    git(root, 'init', '-q')
    mkdirSync(join(root, 'packages/db/migrations'), { recursive: true })
    for (const name of ['0001_first.sql', '0002_second.sql', '0003_third.sql']) put(name, `create table "${name}" ()`)
    commit()
    git(root, 'mv', 'packages/db/migrations/0003_third.sql', 'packages/db/migrations/0004_third.sql')
    put('0005_new.sql', 'select 1')
    commit()
    expect(editedMigrations(root)).toEqual([])
    put('0001_first.sql', 'drop table orders')
    commit()
    put('0002_second.sql', 'drop table photos')
    expect(editedMigrations(root).toSorted()).toEqual([
      'packages/db/migrations/0001_first.sql',
      'packages/db/migrations/0002_second.sql',
    ])
  } finally {
    rmSync(root, { recursive: true })
  }
})
