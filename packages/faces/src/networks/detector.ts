import { networkBuilder, type ConvOptions, type ConvWeights, type Network, type NetworkBuilder } from './network.ts'
import { convWeights, tensor, type Weights } from './weights.ts'

/** face-api ssdMobilenetv1/mobileNetV1.ts */
const BATCH_NORM_EPSILON = 0.0010000000474974513
const DOWNSAMPLING_LAYERS = new Set([2, 4, 6, 12])
const HEAD_STRIDES = [1, 2, 1, 2, 1, 2, 1, 2]

const relu6 = (stride: number): ConvOptions => ({ stride, padding: 'same', activation: 'relu6' })
const linear: ConvOptions = { stride: 1, padding: 'same', activation: 'none' }

/** The condition of the detector: whether faces larger than its finest grid is made for are looked for too. */
export const LARGE_TOO = 'large_too'

/**
 * SSD MobileNet v1 for faces of any input size. Outputs `boxes` (batch × anchors × 4, encoded against the anchors of
 * `anchorAt`) and `logits` (batch × anchors × 1: the sigmoid of it is the face score). A sixth of the work, and two
 * thirds of the weights, serve only large faces: without `LARGE_TOO` the outputs end after the first grid's rows.
 */
export function detectorNetwork(weights: Weights): Network {
  const net = networkBuilder()
  const early = backbone(net, weights)
  const first = predictors(net, weights, [early], 0)
  const common = net.steps.splice(0)
  const later = predictors(net, weights, largerGrids(net, weights, early), 1)
  net.steps.push({ op: 'concat_rows', inputs: [...first.boxes, ...later.boxes], output: 'all_boxes' })
  net.steps.push({ op: 'concat_rows', inputs: [...first.logits, ...later.logits], output: 'all_logits' })
  const values = [
    { output: 'boxes', ifSo: 'all_boxes', ifNot: first.boxes[0] as string },
    { output: 'logits', ifSo: 'all_logits', ifNot: first.logits[0] as string },
  ]
  return {
    name: 'detector',
    conditions: [LARGE_TOO],
    steps: [...common, { op: 'either', condition: LARGE_TOO, steps: net.steps, values }],
    outputs: [
      { name: 'boxes', rank: 3 },
      { name: 'logits', rank: 3 },
    ],
  }
}

/** Up to the grid of 16 pixels, on which the smallest faces are found. */
function backbone(net: NetworkBuilder, weights: Weights): string {
  const mean = [127.5, 127.5, 127.5] as const
  const out = net.conv(net.normalise(mean, 127.5), pointwise(weights, 'MobilenetV1', 0), relu6(2))
  return mobileLayers(net, weights, out, 1, 11)
}

/** The grids of 32 to 512 pixels. */
function largerGrids(net: NetworkBuilder, weights: Weights, early: string): string[] {
  let head = mobileLayers(net, weights, early, 12, 13)
  const grids = [head]
  HEAD_STRIDES.forEach((stride, i) => {
    head = net.conv(head, pointwise(weights, 'Prediction', i), relu6(stride))
    if (i % 2 === 1) grids.push(head)
  })
  return grids
}

function mobileLayers(net: NetworkBuilder, weights: Weights, input: string, first: number, last: number): string {
  let out = input
  for (let layer = first; layer <= last; layer++) {
    out = net.depthwise(out, depthwise(weights, layer), relu6(DOWNSAMPLING_LAYERS.has(layer) ? 2 : 1))
    out = net.conv(out, pointwise(weights, 'MobilenetV1', layer), relu6(1))
  }
  return out
}

/** Boxes and scores of each grid; `first` is the number of the first. */
function predictors(net: NetworkBuilder, weights: Weights, grids: string[], first: number) {
  return {
    boxes: grids.map((grid, i) => predictor(net, grid, boxWeights(weights, first + i), 4)),
    logits: grids.map((grid, i) => predictor(net, grid, faceClassWeights(weights, first + i), 1)),
  }
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

/** The weights of the face's output alone, of the three classes per anchor (nothing, face, unused). */
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
