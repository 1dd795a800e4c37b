import { FACE_MEAN_RGB } from './landmarks.ts'
import { networkBuilder, type ConvOptions, type ConvWeights, type Network, type NetworkBuilder } from './network.ts'
import { convWeights, tensor, type Weights } from './weights.ts'

const BLOCKS = [
  { name: 'conv32', plain: 3 },
  { name: 'conv64', plain: 3 },
  { name: 'conv128', plain: 2 },
  { name: 'conv256', plain: 2 },
]

const options = (stride: number, activation: 'none' | 'relu'): ConvOptions => ({
  stride,
  padding: stride === 2 ? 'valid' : 'same',
  activation,
})

/** dlib's face recognition ResNet on aligned 150 × 150 chips. Output `embedding`: batch × 128. */
export function embedderNetwork(weights: Weights): Network {
  const net = networkBuilder()
  let out = net.conv(net.normalise(FACE_MEAN_RGB, 255), scaled(weights, 'conv32_down'), options(2, 'relu'))
  out = net.pool('max_pool', out, 3, 2)
  for (const [i, { name, plain }] of BLOCKS.entries()) {
    if (i > 0) out = shrinkingBlock(net, weights, out, `${name}_down`, { widen: true, odd: name === 'conv256' })
    for (let n = 1; n <= plain; n++) out = plainBlock(net, weights, out, `${name}_${n}`)
  }
  out = shrinkingBlock(net, weights, out, 'conv256_down_out', { widen: false, odd: true })
  net.steps.push({ op: 'global_average', input: out, output: 'average' })
  const fc = tensor(weights, 'fc')
  const bias = new Float32Array(fc.shape[1] ?? 0)
  net.steps.push({ op: 'dense', input: 'average', output: 'embedding', weights: fc.data, bias, cells: 1 })
  return { name: 'embedder', conditions: [], steps: net.steps, outputs: [{ name: 'embedding', rank: 2 }] }
}

/** Convolution with the scale layer that follows it folded in. */
function scaled(weights: Weights, name: string): ConvWeights {
  const scale = tensor(weights, `${name}/scale/weights`).data
  const shift = tensor(weights, `${name}/scale/biases`).data
  return convWeights(weights, `${name}/conv/filters`, `${name}/conv/bias`, { scale, shift })
}

function plainBlock(net: NetworkBuilder, weights: Weights, input: string, name: string): string {
  const first = net.conv(input, scaled(weights, `${name}/conv1`), options(1, 'relu'))
  const second = net.conv(first, scaled(weights, `${name}/conv2`), options(1, 'none'))
  return net.add(second, input, 'relu')
}

/**
 * Halves the picture. `odd`: on a 150 px chip the convolution comes out one row and column smaller than the pooled
 * shortcut, which dlib fills with zeros; `widen`: the shortcut gets zeros for the channels it does not have.
 */
function shrinkingBlock(
  net: NetworkBuilder,
  weights: Weights,
  input: string,
  name: string,
  { widen, odd }: { widen: boolean; odd: boolean },
): string {
  const inner = scaled(weights, `${name}/conv1`)
  const first = net.conv(input, inner, options(2, 'relu'))
  let second = net.conv(first, scaled(weights, `${name}/conv2`), options(1, 'none'))
  if (odd) second = net.padEnd(second, 1, 1, 0)
  let pooled = net.pool('average_pool', input, 2, 2)
  if (widen) pooled = net.padEnd(pooled, 0, 0, inner.outputs - inner.inputs)
  return net.add(second, pooled, 'relu')
}
