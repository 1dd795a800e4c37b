import type { ConvWeights, Network, Step } from './network.ts'

type ConvStep = Extract<Step, { op: 'conv' | 'depthwise' }>
type PReluStep = Extract<Step, { op: 'prelu' }>

/**
 * The same network without `prelu`. onnxruntime leaves its fast layout of channels for each `prelu`, so that even two
 * convolutions in its place are faster. With a slope a of at most 1, prelu(x) = relu((1 − a) x) + a x. With a larger slope
 * the result has the other sign, and the next layer's weights change it back.
 *
 * @throws Error when a changed sign reaches an operation that cannot take it back
 */
export function branchPRelu(network: Network): Network {
  const steps: Step[] = []
  /** Values of which some channels have the other sign: −1 there, 1 elsewhere. */
  const signs = new Map<string, Float32Array>()
  const after = new Map(network.steps.flatMap(step => (step.op === 'prelu' ? [[step.input, step] as const] : [])))
  for (const step of network.steps) {
    if (step.op === 'prelu') {
      if (!steps.some(made => 'output' in made && made.output === step.output))
        throw new Error('a prelu without its layer')
    } else if (step.op === 'conv' || step.op === 'depthwise') {
      const layer = { ...step, weights: takeBack(step, signs.get(step.input)) }
      const prelu = after.get(step.output)
      if (prelu) {
        steps.push(...branches(layer, prelu))
        if (prelu.slopes.some(slope => slope > 1))
          signs.set(
            prelu.output,
            prelu.slopes.map(slope => (slope > 1 ? -1 : 1)),
          )
      } else steps.push(layer)
    } else {
      if (('inputs' in step ? step.inputs : 'input' in step ? [step.input] : []).some(input => signs.has(input))) {
        throw new Error(`${step.op} cannot take a sign back`)
      }
      steps.push(step)
    }
  }
  return { ...network, steps }
}

/** The layer, for the case that some of its inputs have the other sign. */
function takeBack({ op, weights }: ConvStep, signs: Float32Array | undefined): ConvWeights {
  if (!signs) return weights
  const { inputs, outputs } = weights
  const filter = weights.filter.map(
    (value, i) => value * signs[op === 'depthwise' ? i % inputs : Math.floor(i / outputs) % inputs]!,
  )
  return { ...weights, filter }
}

/** A depthwise layer runs twice, each time with other weights. Any other layer runs once, and its channels are scaled twice. */
function branches(layer: ConvStep, { output, slopes }: PReluStep): Step[] {
  const bent = slopes.map(slope => 1 - slope)
  const straight = slopes.map(slope => (slope > 1 ? -1 : slope))
  const [first, second] = [`${output}_bent`, `${output}_straight`]
  const sum: Step = { op: 'add', inputs: [first, second], output, activation: 'none' }
  if (layer.op === 'depthwise') {
    return [
      { ...layer, output: first, weights: scaled(layer.weights, bent), activation: 'relu' },
      { ...layer, output: second, weights: scaled(layer.weights, straight) },
      sum,
    ]
  }
  const channels = { op: 'depthwise', input: layer.output, stride: 1, padding: 'valid' } as const
  return [
    layer,
    { ...channels, output: first, weights: perChannel(bent), activation: 'relu' },
    { ...channels, output: second, weights: perChannel(straight), activation: 'none' },
    sum,
  ]
}

const scaled = (weights: ConvWeights, by: Float32Array): ConvWeights => ({
  ...weights,
  filter: weights.filter.map((value, i) => value * by[i % by.length]!),
  bias: weights.bias.map((value, i) => value * by[i]!),
})

const perChannel = (filter: Float32Array): ConvWeights => ({
  filter,
  bias: new Float32Array(filter.length),
  height: 1,
  width: 1,
  inputs: filter.length,
  outputs: 1,
})
