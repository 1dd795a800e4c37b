import { networkBuilder, type Activation, type Network, type NetworkBuilder } from './network.ts'
import { convWeights, tensor, type Weights } from './weights.ts'

/** Mean colour both face networks subtract (face-api, after dlib). */
export const FACE_MEAN_RGB = [122.782, 117.001, 104.298] as const

/**
 * face-api's 68-point network on 112 × 112 face crops. Output `points`: batch × 136, x and y by turns, relative to the
 * crop.
 */
export function landmarkNetwork(weights: Weights): Network {
  const net = networkBuilder()
  let out = net.normalise(FACE_MEAN_RGB, 255)
  for (let block = 0; block < 4; block++) out = denseBlock(net, weights, out, block)
  out = net.pool('average_pool', out, 7, 2)
  const [fc, bias] = [tensor(weights, 'fc/weights').data, tensor(weights, 'fc/bias').data]
  net.steps.push({ op: 'dense', input: out, output: 'points', weights: fc, bias, cells: 1 })
  return { name: 'landmarks', conditions: [], steps: net.steps, outputs: [{ name: 'points', rank: 2 }] }
}

/** face-api faceFeatureExtractor/denseBlock.ts: each step adds what the steps before it made. */
function denseBlock(net: NetworkBuilder, weights: Weights, input: string, block: number): string {
  const first =
    block === 0
      ? net.conv(input, convWeights(weights, 'dense0/conv0/filters', 'dense0/conv0/bias'), {
          stride: 2,
          padding: 'same',
          activation: 'relu',
        })
      : separable(net, weights, input, `dense${block}/conv0`, 2, 'relu')
  const second = separable(net, weights, first, `dense${block}/conv1`, 1, 'none')
  const upToSecond = net.add(first, second, 'none')
  const third = separable(net, weights, relu(net, first, second), `dense${block}/conv2`, 1, 'none')
  const upToThird = net.add(upToSecond, third, 'none')
  const fourth = separable(net, weights, relu(net, upToSecond, third), `dense${block}/conv3`, 1, 'none')
  return relu(net, upToThird, fourth)
}

const relu = (net: NetworkBuilder, a: string, b: string): string => net.add(a, b, 'relu')

function separable(
  net: NetworkBuilder,
  weights: Weights,
  input: string,
  name: string,
  stride: number,
  activation: Activation,
): string {
  const deep = convWeights(weights, `${name}/depthwise_filter`, null)
  const out = net.depthwise(input, deep, { stride, padding: 'same', activation: 'none' })
  const wide = convWeights(weights, `${name}/pointwise_filter`, `${name}/bias`)
  return net.conv(out, wide, { stride: 1, padding: 'same', activation })
}
