import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'

const IMAGES = join(ROOT, 'infra/images')
const DAY = 86_400_000

test('a release leaves the files of the one before for seven days, and its page and its worker come last', () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-'))
  const served = join(folder, 'html')
  mkdirSync(served)
  const release = (name: string) => {
    const build = join(folder, name)
    mkdirSync(join(build, 'assets'), { recursive: true })
    writeFileSync(join(build, 'index.html'), name)
    writeFileSync(join(build, 'sw.js'), name)
    writeFileSync(join(build, `assets/${name}.js`), name)
    execFileSync('sh', [join(IMAGES, 'keep-assets.sh'), build, served])
  }
  const age = (name: string, days: number) => {
    const then = new Date(Date.now() - days * DAY)
    utimesSync(join(served, `assets/${name}.js`), then, then)
  }
  const has = (name: string) => existsSync(join(served, `assets/${name}.js`))
  try {
    release('one')
    age('one', 40)
    release('two')
    expect([has('one'), has('two')]).toEqual([true, true])
    for (const last of ['index.html', 'sw.js']) expect(readFileSync(join(served, last), 'utf8')).toBe('two')
    age('one', 8)
    release('two')
    expect([has('one'), has('two')]).toEqual([false, true])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
