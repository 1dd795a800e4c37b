import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { sweep } from './keep-assets.ts'

const DAY = 86_400_000
const folders: string[] = []
afterEach(() => folders.splice(0).forEach(folder => rmSync(folder, { recursive: true })))

/** A build folder in which a build writes files at a moment and sweeps right after. */
function buildFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'))
  folders.push(folder)
  const has = (file: string) => existsSync(join(folder, file))
  const build = (at: number, files: string[]) => {
    for (const file of files) {
      mkdirSync(join(folder, file, '..'), { recursive: true })
      writeFileSync(join(folder, file), file)
      utimesSync(join(folder, file), new Date(at), new Date(at))
    }
    sweep(folder, at + 1)
  }
  return { build, has }
}

test('assets stay for seven days after a newer build took their place, however old they were then', () => {
  const { build, has } = buildFolder()
  const start = Date.UTC(2026, 0, 1)
  build(start, ['assets/app-1.js', 'assets/shared.js', 'models/1/net.bin'])
  build(start + 40 * DAY, ['assets/app-2.js', 'assets/shared.js', 'models/2/net.bin'])
  expect(['assets/app-1.js', 'models/1/net.bin', 'assets/app-2.js'].map(has)).toEqual([true, true, true])

  build(start + 46 * DAY, ['assets/app-3.js', 'assets/shared.js', 'models/2/net.bin'])
  expect(['assets/app-1.js', 'assets/app-2.js'].map(has)).toEqual([true, true])

  build(start + 48 * DAY, ['assets/app-4.js', 'assets/shared.js', 'models/2/net.bin'])
  expect(['assets/app-1.js', 'models/1/net.bin'].map(has)).toEqual([false, false])
  expect(['assets/app-2.js', 'assets/app-3.js', 'assets/app-4.js', 'assets/shared.js'].map(has)).toEqual(
    Array(4).fill(true),
  )
})
