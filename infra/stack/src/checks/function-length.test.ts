import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'
import { countFunctions } from '../testing/function-lines.ts'

const MOST = 50
const isTest = (file: string) => /\.(test|contract|e2e)\.ts$|testing/.test(file)

/** Functions of a file that are longer than the rules allow. */
const tooLong = (file: string, text: string) =>
  countFunctions(file, text)
    .filter(({ lines }) => lines > MOST)
    .map(({ name, line, lines }) => `${file}:${line} ${name} has ${lines} lines`)

test('a function has at most fifty lines of its own', () => {
  const sources = committedFiles().filter(file => /\.(ts|mjs|vue)$/.test(file) && !isTest(file))
  expect(sources.length).toBeGreaterThan(500)
  expect(sources.flatMap(file => tooLong(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
})

const lines = (count: number, line = '  act()') => Array.from({ length: count }, () => line).join('\n')

test('a function of fifty-one lines is found, of whichever kind', () => {
  const planted = [
    `function long() {\n${lines(49)}\n}`,
    `const long = async () => {\n${lines(49)}\n}`,
    `class A {\n  long() {\n${lines(49)}\n  }\n}`,
    `export const all = { long: () => [\n${lines(49, '  1,')}\n] }`,
  ]
  expect(planted.map(text => tooLong('a.ts', text).length)).toEqual([1, 1, 1, 1])
  expect(tooLong('a.ts', `function whole() {\n${lines(48)}\n}`)).toEqual([])
  expect(tooLong('A.vue', `<template>\n<p/>\n</template>\n<script setup lang="ts">\n${planted[0]}\n</script>`)).toEqual(
    ['A.vue:5 long has 51 lines'],
  )
})

const factory = (member: string) => `function make() {\n${lines(17, member)}\n}`

test.each([
  '  function member() {\n    act()\n  }',
  '  const member = async () => {\n    act()\n  }',
  '  const members = { act: () => {\n    act()\n  } }',
  '  if (last) return () => {\n    act()\n  }',
  '  if (last) return { act() {\n    act()\n  } }',
])('what has a name or is returned counts by itself: %s', member => {
  expect(tooLong('a.ts', factory(member))).toEqual([])
})

test.each([
  '  use(() => {\n    act()\n  })',
  '  use({ act() {\n    act()\n  } })',
  '  const used = rows.map(row => {\n    act(row)\n  })',
  '  use(\n    () => act(),\n  )',
])('a callback counts with the function that it stands in: %s', member => {
  expect(tooLong('a.ts', factory(member))).toEqual(['a.ts:1 make has 53 lines'])
})

test('a member that is too long is found, and one of two lines counts with the function around it', () => {
  expect(tooLong('a.ts', factory('  const member = () =>\n    act()\n'))).toHaveLength(1)
  expect(tooLong('a.ts', `function make() {\n  return () => {\n${lines(49)}\n  }\n}`)).toEqual(['a.ts:2  has 51 lines'])
})

const routes = (name: string) => `const routes = async app => {\n${lines(20, `  app.${name}({\n    path,\n  })`)}\n}`
const table = (name: string) => `const photos = ${name}('photos', {}, t => [\n${lines(60, '  index(t.id),')}\n])`

test('routes and constraints of a table are lists, other long calls are not', () => {
  expect(tooLong('a.ts', routes('route'))).toEqual([])
  expect(tooLong('a.ts', routes('insert'))).toHaveLength(1)
  expect(tooLong('a.ts', table('pgTable'))).toEqual([])
  expect(tooLong('a.ts', table('listOf'))).toHaveLength(1)
})
