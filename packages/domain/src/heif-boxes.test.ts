import { expect, test } from 'vitest'
import { heifBoxes } from './heif-boxes.ts'

const uint32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
const nameOf = (type: string) => [...type].map(letter => letter.charCodeAt(0))
/** A box of so many bytes of content, of the size that it says. */
const box = (type: string, content: number, says = content + 8) => [
  ...uint32(says),
  ...nameOf(type),
  ...Array.from({ length: content }, () => 7),
]
const large = (type: string, content: number, upper = 0) => [
  ...uint32(1),
  ...nameOf(type),
  ...uint32(upper),
  ...uint32(content + 16),
  ...Array.from({ length: content }, () => 7),
]
const read = (bytes: number[], from = 0, to = bytes.length) => heifBoxes(Uint8Array.from(bytes), from, to)

test('boxes follow each other, a large one with its size behind its name, the last one up to the end', () => {
  const bytes = [...box('ftyp', 4), ...large('meta', 3), ...box('mdat', 5, 0)]
  expect(read(bytes)).toEqual([
    { type: 'ftyp', from: 8, to: 12, isWhole: true },
    { type: 'meta', from: 28, to: 31, isWhole: true },
    { type: 'mdat', from: 39, to: 44, isWhole: true },
  ])
})

test('a box that ends behind the bytes is the last, and is not whole', () => {
  expect(read([...box('ftyp', 4, 13)])).toEqual([{ type: 'ftyp', from: 8, to: 12, isWhole: false }])
  expect(read([...large('meta', 3, 9)])).toEqual([{ type: 'meta', from: 16, to: 19, isWhole: false }])
})

test('a size shorter than its own header ends the list, as does a header that is cut', () => {
  const first = box('ftyp', 0)
  for (const broken of [box('meta', 8, 7), [...uint32(1), ...nameOf('meta'), ...uint32(0), ...uint32(15)]])
    expect(read([...first, ...broken]).map(({ type }) => type)).toEqual(['ftyp'])
  for (const cut of [box('meta', 0).slice(0, 7), large('meta', 0).slice(0, 15)])
    expect(read([...first, ...cut]).map(({ type }) => type)).toEqual(['ftyp'])
})

test('a part of the bytes is read by itself, and never beyond them', () => {
  const bytes = [...box('meta', 0), ...box('iprp', 2), ...box('ipco', 0)]
  expect(read(bytes, 8, 18)).toEqual([{ type: 'iprp', from: 16, to: 18, isWhole: true }])
  expect(read(box('ftyp', 0), 0, 1_000)).toEqual([{ type: 'ftyp', from: 8, to: 8, isWhole: true }])
  const within = Uint8Array.from([1, 2, 3, ...box('free', 1)]).subarray(3)
  expect(heifBoxes(within, 0, within.length)).toEqual([{ type: 'free', from: 8, to: 9, isWhole: true }])
})

test('more than 4,096 boxes are not read', () => {
  expect(read(Array.from({ length: 4_200 }, () => box('free', 0)).flat())).toHaveLength(4_096)
})
