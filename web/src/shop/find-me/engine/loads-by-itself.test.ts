import { expect, test } from 'vitest'
import { type Line, loadsByItself } from './loads-by-itself.ts'

const FAST: Line = { effectiveType: '4g', downlink: 10, saveData: false }
const decide = (line: Line | undefined, more: { cached?: boolean; memory?: number } = {}) =>
  loadsByItself({ cached: false, memory: undefined, line, ...more })

test('a fast line that nobody pays for loads the models', () => {
  expect(decide(FAST)).toBe(true)
  expect(decide({ ...FAST, type: 'wifi' })).toBe(true)
  expect(decide({ ...FAST, downlink: 1.4 })).toBe(true) // not measured yet
})

test.each([
  ['mobile data', { ...FAST, type: 'cellular' }],
  ['the setting that saves data', { ...FAST, saveData: true }],
  ['a slow answer', { ...FAST, effectiveType: '3g' }],
  ['a narrow line', { ...FAST, downlink: 0.8 }],
  ['a browser that says nothing', undefined],
])('%s leaves it to the customer', (_, line) => {
  expect(decide(line)).toBe(false)
})

test('what lies in the cache costs nothing, on any line', () => {
  expect(decide(undefined, { cached: true })).toBe(true)
  expect(decide({ ...FAST, type: 'cellular', saveData: true }, { cached: true })).toBe(true)
})

test('a phone with little memory is not filled', () => {
  expect(decide(FAST, { memory: 2 })).toBe(false)
  expect(decide(undefined, { cached: true, memory: 2 })).toBe(false)
  expect(decide(FAST, { memory: 8 })).toBe(true)
})
