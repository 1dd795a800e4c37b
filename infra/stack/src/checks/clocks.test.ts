import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'

// What a program decides by the time, it decides by the clock of its context, which tests move.

const PROGRAM = /^services\/(api|clerk|face-worker)\/src\//
/** A program's start is the only place that takes the machine's clock, and hands it on as `now`. */
const HANDED_ON = /\bnow(: | = )\(\) => new Date\(\)/g
const readsMachineClock = (text: string): boolean => /\bDate\.now\b|\bnew Date\(\)/.test(text.replaceAll(HANDED_ON, ''))

test('no feature of the api, the clerk or the face-worker reads the machine’s clock', () => {
  const sources = committedFiles().filter(file => PROGRAM.test(file) && file.endsWith('.ts'))
  const ours = sources.filter(file => !/\.test\.ts$|testing/.test(file))
  expect(ours.length).toBeGreaterThan(500)
  expect(ours.filter(file => readsMachineClock(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})

test.each(['const until = Date.now() + LIFE_MS', 'const at = new Date()', 'const clock = Date.now'])(
  'a planted fault is found: %s',
  fault => expect(readsMachineClock(fault)).toBe(true),
)

test.each(['const deps = { db, now: () => new Date() }', 'const now = () => new Date()', 'new Date(now().getTime())'])(
  'the clock as it is handed on is none: %s',
  text => expect(readsMachineClock(text)).toBe(false),
)
