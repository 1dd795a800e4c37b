import { networkBuilder, type ConvOptions, type ConvWeights, type Network, type NetworkBuilder } from './network.ts'
import { convWeights, tensor, type Weights } from './weights.ts'

/** face-api ssdMobilenetv1/mobileNetV1.ts */
const BATCH_NORM_EPSILON = 0.0010000000474974513
const DOWNSAMPLING_LAYERS = new Set([2, 4, 6, 12])
const HEAD_STRIDES = [1, 2, 1, 2, 1, 2, 1, 2]

const relu6 = (stride: number): ConvOptions => ({ stride, padding: 'same', activation: 'relu6' })
const linear: ConvOptions = { stride: 1, padding: 'same', activation: 'none' }

/**
 * SSD MobileNet v1 for faces of any input size. Outputs `boxes` (batch × anchors × 4, encoded against the anchors of
 * `anchorAt`) and `logits` (batch × anchors × 1: the sigmoid of it is the face score).
 */
export function detectorNetwork(weights: Weights): Network {
  const net = networkBuilder()
  const { last, early } = backbone(net, weights)
  const sources = [early, last]
  let head = last
  HEAD_STRIDES.forEach((stride, i) => {
    head = net.conv(head, pointwise(weights, 'Prediction', i), relu6(stride))
    if (i % 2 === 1) sources.push(head)
  })
  const boxes = sources.map((source, i) => predictor(net, source, boxWeights(weights, i), 4))
  const logits = sources.map((source, i) => predictor(net, source, faceClassWeights(weights, i), 1))
  net.steps.push({ op: 'concat_rows', inputs: boxes, output: 'boxes' })
  net.steps.push({ op: 'concat_rows', inputs: logits, output: 'logits' })
  return {
    name: 'detector',
    steps: net.steps,
    outputs: [
      { name: 'boxes', rank: 3 },
      { name: 'logits', rank: 3 },
    ],
  }
}

function backbone(net: NetworkBuilder, weights: Weights): { last: string; early: string } {
  let out = net.conv(net.normalise([127.5, 127.5, 127.5], 127.5), pointwise(weights, 'MobilenetV1', 0), relu6(2))
  let early = out
  for (let layer = 1; layer <= 13; layer++) {
    out = net.depthwise(out, depthwise(weights, layer), relu6(DOWNSAMPLING_LAYERS.has(layer) ? 2 : 1))
    out = net.conv(out, pointwise(weights, 'MobilenetV1', layer), relu6(1))
    if (layer === 11) early = out
  }
  return { last: out, early }
}

function pointwise(weights: Weights, prefix: string, layer: number): ConvWeights {
  const name = `${prefix}/Conv2d_${layer}_pointwise`
  return convWeights(weights, `${name}/weights`, `${name}/convolution_bn_offset`)
}

/** Depthwise filter with its batch normalisation folded in. */
function depthwise(weights: Weights, layer: number): ConvWeights {
  const name = `MobilenetV1/Conv2d_${layer}_depthwise`
  const part = (which: string) => tensor(weights, `${name}/BatchNorm/${which}`).data
  const [gamma, beta, mean, variance] = [part('gamma'), part('beta'), part('moving_mean'), part('moving_variance')]
  const scale = gamma.map((g, i) => g / Math.sqrt((variance[i] as number) + BATCH_NORM_EPSILON))
  const shift = beta.map((b, i) => b - (mean[i] as number) * (scale[i] as number))
  return convWeights(weights, `${name}/depthwise_weights`, null, { scale, shift })
}

function boxWeights(weights: Weights, head: number): ConvWeights {
  const name = `Prediction/BoxPredictor_${head}/BoxEncodingPredictor`
  return convWeights(weights, `${name}/weights`, `${name}/biases`)
}

/** Of the three classes per anchor (nothing, face, unused) only the face's output is kept. */
function faceClassWeights(weights: Weights, head: number): ConvWeights {
  const name = `Prediction/BoxPredictor_${head}/ClassPredictor`
  const all = convWeights(weights, `${name}/weights`, `${name}/biases`)
  const outputs = all.outputs / 3
  const filter = new Float32Array(all.inputs * outputs)
  for (let i = 0; i < filter.length; i++) {
    const [row, anchor] = [Math.floor(i / outputs), i % outputs]
    filter[i] = all.filter[row * all.outputs + anchor * 3 + 1] as number
  }
  const bias = Float32Array.from({ length: outputs }, (_, anchor) => all.bias[anchor * 3 + 1] as number)
  return { ...all, filter, bias, outputs }
}

function predictor(net: NetworkBuilder, source: string, weights: ConvWeights, width: number): string {
  const maps = net.conv(source, weights, linear)
  net.steps.push({ op: 'rows', input: maps, output: `${maps}_rows`, width })
  return `${maps}_rows`
}
