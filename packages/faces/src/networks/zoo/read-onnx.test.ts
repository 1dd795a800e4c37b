import { expect, test } from 'vitest'
import { dequantise, type OnnxNode } from './read-onnx.ts'

const node = (ints: Record<string, number>): OnnxNode => ({
  op: 'DequantizeLinear',
  inputs: [],
  output: 'weights',
  ints: new Map(Object.entries(ints).map(([name, value]) => [name, [value]])),
  floats: new Map(),
})
const constant = (dims: number[], ...data: number[]) => ({ dims, data: Float32Array.from(data) })

test('one scale for all', () => {
  const { data } = dequantise(node({}), [constant([2, 2], 1, 2, 3, 4), constant([], 0.5), constant([], 1)])
  expect([...data]).toEqual([0, 0.5, 1, 1.5])
})

test('a scale per place along the axis, without a zero point', () => {
  const { data } = dequantise(node({ axis: 0 }), [constant([2, 2], 1, 2, 3, 4), constant([2], 1, 10), undefined])
  expect([...data]).toEqual([1, 2, 30, 40])
})

test('a scale per block of places, the last one short, for each row', () => {
  const whole = constant([2, 3], 1, 1, 1, 2, 2, 2)
  const { data } = dequantise(node({ axis: 1, block_size: 2 }), [
    whole,
    constant([2, 2], 1, 10, 100, 1000),
    constant([2, 2], 0, 0, 1, 1),
  ])
  expect([...data]).toEqual([1, 1, 10, 100, 100, 1000])
})

test('a scale per block of the axis, the same along what lies behind it', () => {
  const { data } = dequantise(node({ axis: 0, block_size: 2 }), [
    constant([4], 1, 2, 3, 4),
    constant([2], 1, 10),
    constant([2], 0, 3),
  ])
  expect([...data]).toEqual([1, 2, 0, 10])
})
