import type { ConvWeights, Network, Step } from '../network.ts'
import { dequantise, readOnnx, type Constant, type OnnxNode } from './read-onnx.ts'

export interface ZooOutput {
  name: string
  rank: 2 | 3
  /** Names of the file's outputs. The rows of several are joined in this order. For a sigmoid its input is named. */
  parts: string[]
}

type Folded = { scale: Float64Array; shift: Float64Array }
type DenseStep = Extract<Step, { op: 'dense' }>
type ConvStep = Extract<Step, { op: 'conv' | 'depthwise' }>

/** A file on its way to a network. */
interface Translation {
  constants: Map<string, Constant>
  steps: Step[]
  /** Values that are other ones under another name, with the batch normalisation that lies between where there is one. */
  aliases: Map<string, { of: string; folded?: Folded }>
  inputMean: number
  inputDivisor: number
  flipped: boolean
}

/**
 * The network of an ONNX file of the OpenCV Zoo: numbers dequantised, batch normalisations folded into the layers beside
 * them, what does not lead to `outputs` left out.
 *
 * @param order of the colours that its first layer takes; networks here get RGB
 * @throws Error when the file holds an operation that is not known here
 */
export function networkFromOnnx(
  bytes: Uint8Array,
  { name, outputs, order }: { name: string; outputs: ZooOutput[]; order: 'rgb' | 'bgr' },
): Network {
  const { nodes, constants } = readOnnx(bytes)
  const translation: Translation = {
    constants: new Map(constants),
    steps: [],
    aliases: new Map(),
    inputMean: 0,
    inputDivisor: 1,
    flipped: order === 'bgr',
  }
  for (const node of nodes) translate(translation, node)
  const ends = outputs.map(({ name: end, parts }) => finish(translation, end, parts))
  const mean = [translation.inputMean, translation.inputMean, translation.inputMean] as const
  const first: Step = {
    op: 'normalise',
    input: 'pixels',
    output: INPUT,
    mean,
    divisor: translation.inputDivisor,
  }
  return {
    name,
    conditions: [],
    steps: [first, ...leadingTo(ends, translation.steps)],
    outputs: outputs.map(({ name: end, rank }) => ({ name: end, rank })),
  }
}

/** The value that the first layer takes. */
const INPUT = 'normalised'

function translate(translation: Translation, node: OnnxNode): void {
  const { constants, aliases, steps } = translation
  const given = node.inputs.map(input => constants.get(input))
  switch (node.op) {
    case 'Constant':
      return void constants.set(node.output, node.tensor as Constant)
    case 'DequantizeLinear':
      return void constants.set(node.output, dequantise(node, given))
    case 'Reshape':
      return reshape(translation, node, given)
    case 'Sub':
    case 'Mul':
      return scaleInput(translation, node, given)
    case 'Dropout':
    case 'Flatten':
    case 'Transpose':
    case 'Sigmoid':
      return void aliases.set(node.output, { of: node.inputs[0] as string })
    case 'Conv':
      return addConv(translation, node, given)
    case 'BatchNormalization':
      return foldNormalisation(translation, node, given)
    case 'Relu':
      return activate(translation, node)
    case 'PRelu': {
      const slopes = (given[1] as Constant).data
      return void steps.push({ op: 'prelu', input: resolve(translation, node.inputs[0]), output: node.output, slopes })
    }
    case 'MaxPool': {
      const [size, stride] = [node.ints.get('kernel_shape')?.[0] ?? 1, node.ints.get('strides')?.[0] ?? 1]
      const input = resolve(translation, node.inputs[0])
      return void steps.push({ op: 'max_pool', input, output: node.output, size, stride })
    }
    case 'Resize':
      return void steps.push({ op: 'upsample', input: resolve(translation, node.inputs[0]), output: node.output })
    case 'Add': {
      const inputs: [string, string] = [resolve(translation, node.inputs[0]), resolve(translation, node.inputs[1])]
      return void steps.push({ op: 'add', inputs, output: node.output, activation: 'none' })
    }
    case 'Gemm':
      return addDense(translation, node, given)
    default:
      throw new Error(`no network here has the operation ${node.op}`)
  }
}

/** The step's output that a value of the file is, by another name. */
function resolve({ aliases }: Translation, value = ''): string {
  let at = value
  for (let alias = aliases.get(at); alias; alias = aliases.get(at)) {
    if (alias.folded) throw new Error(`${value}: a normalisation lies before a layer that cannot take it in`)
    at = alias.of
  }
  return at
}

/** Gives numbers other dims. A head's map gets rows as wide as the shape's last dim. */
function reshape(
  translation: Translation,
  { inputs, output }: OnnxNode,
  [data, shape]: (Constant | undefined)[],
): void {
  const dims = [...(shape?.data ?? [])]
  if (data) translation.constants.set(output, { dims, data: data.data })
  else {
    const width = dims.at(-1) ?? 1
    translation.steps.push({ op: 'rows', input: resolve(translation, inputs[0]), output, width })
  }
}

/** The pixels' mean and scale, which the file takes from the input in two nodes. */
function scaleInput(translation: Translation, { op, output }: OnnxNode, [, by]: (Constant | undefined)[]): void {
  if (translation.steps.length > 0 || !by) throw new Error(`${op} is only known on the input`)
  if (op === 'Sub') translation.inputMean = by.data[0] as number
  else translation.inputDivisor = 1 / (by.data[0] as number)
  translation.aliases.set(output, { of: INPUT })
}

function addConv(translation: Translation, node: OnnxNode, [, filter, bias]: (Constant | undefined)[]): void {
  if (!filter) throw new Error(`${node.output}: a convolution without numbers`)
  const [outputs = 1, inputs = 1, height = 1, width = 1] = filter.dims
  const group = node.ints.get('group')?.[0] ?? 1
  const deep = group > 1 && inputs === 1
  const first = translation.steps.length === 0
  const weights: ConvWeights = {
    filter: channelsLast(filter, deep, first && translation.flipped),
    bias: bias ? bias.data.slice() : new Float32Array(outputs),
    height,
    width,
    inputs: deep ? group : inputs,
    outputs: deep ? 1 : outputs,
  }
  translation.steps.push({
    op: deep ? 'depthwise' : 'conv',
    input: first ? INPUT : resolve(translation, node.inputs[0]),
    output: node.output,
    weights,
    stride: node.ints.get('strides')?.[0] ?? 1,
    padding: node.ints.get('pads')?.[0] ?? 0,
    activation: 'none',
  })
}

/** From outputs × inputs × height × width to height × width × inputs × outputs; `flipped`: inputs from last to first. */
function channelsLast({ dims, data }: Constant, deep: boolean, flipped: boolean): Float32Array {
  const [outputs = 1, inputs = 1, height = 1, width = 1] = dims
  const cells = height * width
  const turned = new Float32Array(data.length)
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      const from = (o * inputs + (flipped ? inputs - 1 - i : i)) * cells
      for (let cell = 0; cell < cells; cell++) {
        const to = deep ? cell * outputs + o : (cell * inputs + i) * outputs + o
        turned[to] = data[from + cell] as number
      }
    }
  }
  return turned
}

function foldNormalisation(translation: Translation, node: OnnxNode, given: (Constant | undefined)[]): void {
  const [gamma, beta, mean, variance] = given.slice(1).map(part => part?.data ?? new Float32Array())
  const epsilon = node.floats.get('epsilon') ?? 1e-5
  const scale = Float64Array.from(gamma ?? [], (g, i) => g / Math.sqrt((variance?.[i] ?? 0) + epsilon))
  const shift = scale.map((s, i) => (beta?.[i] ?? 0) - (mean?.[i] ?? 0) * s)
  const before = translation.steps.at(-1)
  if (before && isLinear(before) && before.output === resolve(translation, node.inputs[0])) {
    scaleOutputs(before, { scale, shift })
    before.output = node.output
  } else translation.aliases.set(node.output, { of: node.inputs[0] as string, folded: { scale, shift } })
}

function isLinear(step: Step): step is ConvStep | DenseStep {
  return step.op === 'dense' || ((step.op === 'conv' || step.op === 'depthwise') && step.activation === 'none')
}

/** Folds scale × output + shift into the layer's weights, which hold one output for each place by turns. */
function scaleOutputs(step: ConvStep | DenseStep, { scale, shift }: Folded): void {
  const { values, bias } =
    step.op === 'dense'
      ? { values: step.weights, bias: step.bias }
      : { values: step.weights.filter, bias: step.weights.bias }
  const outputs = bias.length
  for (let i = 0; i < values.length; i++) values[i]! *= scale[i % outputs]!
  for (let i = 0; i < outputs; i++) bias[i] = bias[i]! * scale[i]! + shift[i]!
}

function activate(translation: Translation, { inputs, output }: OnnxNode): void {
  const before = translation.steps.at(-1)
  if (!before || before.op === 'dense' || !isLinear(before) || before.output !== resolve(translation, inputs[0])) {
    throw new Error(`${output}: an activation that does not follow a convolution`)
  }
  before.activation = 'relu'
  before.output = output
}

function addDense(translation: Translation, { inputs, output }: OnnxNode, given: (Constant | undefined)[]): void {
  const [, weights, bias] = given
  if (!weights || !bias) throw new Error(`${output}: a layer without numbers`)
  const { of, folded } = throughNormalisation(translation, inputs[0] as string)
  const [outputs = 1, size = 1] = weights.dims
  const channels = folded?.scale.length ?? size
  const cells = size / channels
  const step: DenseStep = {
    op: 'dense',
    input: resolve(translation, of),
    output,
    weights: new Float32Array(weights.data.length),
    bias: new Float32Array(outputs),
    cells,
  }
  for (let o = 0; o < outputs; o++) {
    let sum = bias.data[o] as number
    for (let channel = 0; channel < channels; channel++) {
      const [scale, shift] = [folded?.scale[channel] ?? 1, folded?.shift[channel] ?? 0]
      for (let cell = 0; cell < cells; cell++) {
        const weight = weights.data[o * size + channel * cells + cell] as number
        sum += weight * shift
        step.weights[(cell * channels + channel) * outputs + o] = weight * scale
      }
    }
    step.bias[o] = sum
  }
  translation.steps.push(step)
}

/** Where a flattened value comes from, and the normalisation of its channels on the way. */
function throughNormalisation({ aliases }: Translation, value: string): { of: string; folded?: Folded } {
  for (let at = value; ;) {
    const alias = aliases.get(at)
    if (!alias) return { of: at }
    if (alias.folded) return { of: alias.of, folded: alias.folded }
    at = alias.of
  }
}

/** Makes an output under its name here; returns the name. */
function finish(translation: Translation, name: string, parts: string[]): string {
  const inputs = parts.map(part => resolve(translation, part))
  if (inputs.length > 1) translation.steps.push({ op: 'concat_rows', inputs, output: name })
  else {
    const made = translation.steps.find(step => 'output' in step && step.output === inputs[0])
    if (!made || !('output' in made)) throw new Error(`the file has no output ${parts[0]}`)
    made.output = name
  }
  return name
}

/** The steps without those that no output needs. */
function leadingTo(wanted: readonly string[], steps: readonly Step[]): Step[] {
  const needed = new Set(wanted)
  return steps
    .toReversed()
    .filter(step => {
      if (step.op === 'either' || !needed.has(step.output)) return false
      for (const input of 'inputs' in step ? step.inputs : [step.input]) needed.add(input)
      return true
    })
    .toReversed()
}
