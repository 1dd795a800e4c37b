import { expect, test } from 'vitest'
import { networkBuilder, type Network } from './network.ts'
import { packNetwork, unpackNetwork } from './pack-network.ts'
import { randomNormal, randomSource } from '../index/testing.ts'

const random = randomSource(3)
const numbers = (length: number, spread = 1) => Float32Array.from({ length }, () => spread * randomNormal(random))

/** A layer of each size class, a channel of zeros, steps inside a condition. */
function network(): Network {
  const net = networkBuilder()
  const small = { filter: numbers(3 * 3 * 3 * 8), bias: numbers(8), height: 3, width: 3, inputs: 3, outputs: 8 }
  small.filter.forEach((_, i) => i % 8 === 2 && (small.filter[i] = 0))
  const wide = { filter: numbers(8 * 25_000), bias: numbers(25_000), height: 1, width: 1, inputs: 8, outputs: 25_000 }
  const large = { filter: numbers(20 * 25_000), bias: numbers(20), height: 1, width: 1, inputs: 25_000, outputs: 20 }
  const deep = { filter: numbers(9 * 8), bias: numbers(8), height: 3, width: 3, inputs: 8, outputs: 1 }
  const plain = { stride: 1, padding: 1, activation: 'none' } as const
  const first = net.depthwise(net.conv(net.normalise([1, 2, 3], 4), small, plain), deep, plain)
  net.steps.push({ op: 'prelu', input: first, output: 'bent', slopes: numbers(8) })
  const last = net.conv(net.conv('bent', wide, plain), large, plain)
  net.steps.push({ op: 'dense', input: last, output: 'out', weights: numbers(20 * 6), bias: numbers(6), cells: 1 })
  const steps = net.steps.splice(1)
  net.steps.push({ op: 'either', condition: 'so', steps, values: [{ output: 'a', ifSo: 'out', ifNot: 't1' }] })
  return { name: 'made', conditions: ['so'], steps: net.steps, outputs: [{ name: 'a', rank: 2 }] }
}

const isNumbers = (value: unknown): value is Float32Array => value instanceof Float32Array

/** Every list of numbers with its name and its number of outputs, in order. */
function lists(value: unknown): { key: string; values: Float32Array; outputs: number }[] {
  if (typeof value !== 'object' || value === null || isNumbers(value)) return []
  const bias = 'bias' in value && isNumbers(value.bias) ? value.bias.length : 1
  return Object.entries(value).flatMap(([key, inner]) =>
    isNumbers(inner) ? [{ key, values: inner, outputs: bias }] : lists(inner),
  )
}

/** The network with the length of each list in the list's place. */
const shape = (of: Network) => JSON.stringify(of, (_, value: unknown) => (isNumbers(value) ? value.length : value))

/** How far each number of a list may be off: half a step of its output's. */
function tolerances({ key, values, outputs }: ReturnType<typeof lists>[number]): Float32Array {
  const largest = new Float32Array(outputs)
  if (key !== 'filter' && key !== 'weights') return largest
  const bits = key === 'weights' ? 6 : values.length > 300_000 ? 8 : values.length > 150_000 ? 10 : 12
  values.forEach((value, n) => (largest[n % outputs] = Math.max(largest[n % outputs]!, Math.abs(value))))
  return largest.map(value => (value / (2 ** (bits - 1) - 1)) * 0.501)
}

test('an unpacked network has the steps of the packed one, its biases and slopes, and weights within half a step', () => {
  const made = network()
  const back = unpackNetwork(packNetwork(made))
  expect(shape(back)).toBe(shape(made))
  expect(lists(made)).toHaveLength(11)
  for (const [i, list] of lists(made).entries()) {
    const allowed = tolerances(list)
    const after = lists(back)[i]!.values
    const off = list.values.filter((value, n) => Math.abs(value - after[n]!) > allowed[n % allowed.length]!)
    expect(off).toHaveLength(0)
  }
})

test('packing what was unpacked changes nothing more', () => {
  const once = packNetwork(network())
  const twice = packNetwork(unpackNetwork(once))
  expect(twice.header).toBe(once.header)
  expect(Buffer.from(twice.bytes).equals(once.bytes)).toBe(true)
})

test('bytes that end too early are refused', () => {
  const { header, bytes } = packNetwork(network())
  expect(() => unpackNetwork({ header, bytes: bytes.subarray(0, -1) })).toThrow('ends before')
})
