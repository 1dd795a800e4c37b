import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { branchPRelu } from './branch-prelu.ts'
import { networkBuilder, type ConvWeights, type Network } from './network.ts'
import { writeOnnx } from './write-onnx.ts'
import { randomNormal, randomSource } from '../index/testing.ts'

const random = randomSource(5)
const numbers = (length: number, spread: number) => Float32Array.from({ length }, () => spread * randomNormal(random))

function weights(height: number, inputs: number, outputs: number): ConvWeights {
  const filter = numbers(height * height * inputs * outputs, 0.4)
  return { filter, bias: numbers(outputs === 1 ? inputs : outputs, 0.1), height, width: height, inputs, outputs }
}

/** Slopes above 1 and below 0 among them. */
const slopes = () => Float32Array.from([1.4, -0.5, 0.25, 1, 0, 1.1])

function network(): Network {
  const net = networkBuilder()
  const plain = { stride: 1, activation: 'none' } as const
  const bend = (input: string, output: string) => {
    net.steps.push({ op: 'prelu', input, output, slopes: slopes() })
    return output
  }
  const wide = bend(net.conv(net.normalise([10, 20, 30], 64), weights(3, 3, 6), { ...plain, padding: 1 }), 'p1')
  const deep = bend(net.depthwise(wide, weights(3, 6, 1), { ...plain, stride: 2, padding: 1 }), 'p2')
  const last = net.conv(deep, weights(1, 6, 4), { ...plain, padding: 0 })
  net.steps.push({
    op: 'dense',
    input: last,
    output: 'out',
    weights: numbers(4 * 16 * 5, 0.3),
    bias: numbers(5, 1),
    cells: 16,
  })
  return { name: 'made', conditions: [], steps: net.steps, outputs: [{ name: 'out', rank: 2 }] }
}

async function run(made: Network, pixels: Uint8Array): Promise<Float32Array> {
  const session = await InferenceSession.create(Buffer.from(writeOnnx(made)))
  const { out } = await session.run({ pixels: new Tensor('uint8', pixels, [2, 8, 8, 3]) })
  return out?.data as Float32Array
}

test('a network without prelu says what it said with it', async () => {
  const made = network()
  const branched = branchPRelu(made)
  expect(branched.steps.some(({ op }) => op === 'prelu')).toBe(false)
  const pixels = Uint8Array.from({ length: 2 * 8 * 8 * 3 }, () => random() * 256)
  const [before, after] = [await run(made, pixels), await run(branched, pixels)]
  expect(before).toHaveLength(10)
  for (const [i, value] of before.entries()) expect(after[i]).toBeCloseTo(value, 4)
})

test('a sign that nothing can take back is refused', () => {
  const net = networkBuilder()
  const wide = net.conv(net.normalise([0, 0, 0], 1), weights(1, 3, 6), { stride: 1, padding: 0, activation: 'none' })
  net.steps.push({ op: 'prelu', input: wide, output: 'p', slopes: slopes() })
  net.pool('max_pool', 'p', 2, 2)
  expect(() => branchPRelu({ name: 'made', conditions: [], steps: net.steps, outputs: [] })).toThrow('max_pool')
})
