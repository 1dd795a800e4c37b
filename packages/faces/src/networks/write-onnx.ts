import type { Activation, ConvWeights, Network, Padding, Step } from './network.ts'
import { ATTRIBUTE, ELEMENT, OnnxModel } from './onnx-schema.ts'

interface Node {
  opType: string
  input: string[]
  output: string[]
  attribute: object[]
}

interface Graph {
  nodes: Node[]
  tensors: object[]
}

const ints = (name: string, values: number[]) => ({ name, type: ATTRIBUTE.ints, ints: values })
const int = (name: string, value: number) => ({ name, type: ATTRIBUTE.int, i: value })
const text = (name: string, value: string) => ({ name, type: ATTRIBUTE.string, s: new TextEncoder().encode(value) })
const pair = (value: number) => [value, value]

/** A network as an ONNX file (opset 13). Input `pixels`: uint8, batch × height × width × 3, all three free. */
export function writeOnnx(network: Network): Uint8Array {
  const graph: Graph = { nodes: [], tensors: [] }
  for (const step of network.steps) addStep(graph, step)
  return OnnxModel.encode({
    irVersion: 8,
    producerName: 'thepixstock',
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: network.name,
      node: graph.nodes,
      initializer: graph.tensors,
      input: [
        value('pixels', ELEMENT.uint8, ['batch', 'height', 'width', 3]),
        ...network.conditions.map(name => value(name, ELEMENT.bool, [])),
      ],
      output: network.outputs.map(({ name, rank }) => value(name, ELEMENT.float, OUTPUT_DIMS[rank])),
    },
  }).finish()
}

const OUTPUT_DIMS = { 2: ['batch', 'out'], 3: ['batch', 'rows', 'out'] }

function value(name: string, elemType: number, dims: (string | number)[]): object {
  const dim = dims.map(side => (typeof side === 'number' ? { dimValue: side } : { dimParam: `${name}_${side}` }))
  return { name, type: { tensorType: { elemType, shape: { dim } } } }
}

function addNode({ nodes }: Graph, opType: string, input: string[], output: string, attribute: object[] = []): void {
  nodes.push({ opType, input, output: [output], attribute })
}

function addFloats({ tensors }: Graph, name: string, dims: number[], data: Float32Array): string {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  tensors.push({ name, dims, dataType: ELEMENT.float, rawData })
  return name
}

function addInts({ tensors }: Graph, name: string, values: number[]): string {
  const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
  tensors.push({ name, dims: [values.length], dataType: ELEMENT.int64, rawData })
  return name
}

function addStep(graph: Graph, step: Step): void {
  switch (step.op) {
    case 'normalise':
      return addNormalise(graph, step)
    case 'conv':
    case 'depthwise':
      return addConv(graph, step)
    case 'add':
      return withActivation(graph, step.activation, step.output, out => addNode(graph, 'Add', step.inputs, out))
    case 'max_pool':
    case 'average_pool': {
      const attributes = [ints('kernel_shape', pair(step.size)), ints('strides', pair(step.stride))]
      return addNode(graph, step.op === 'max_pool' ? 'MaxPool' : 'AveragePool', [step.input], step.output, attributes)
    }
    case 'pad_end': {
      const pads = addInts(graph, `${step.output}_pads`, [0, 0, 0, 0, 0, step.channels, step.rows, step.columns])
      return addNode(graph, 'Pad', [step.input, pads], step.output)
    }
    case 'prelu': {
      const slopes = addFloats(graph, `${step.output}_slopes`, [step.slopes.length, 1, 1], step.slopes)
      return addNode(graph, 'PRelu', [step.input, slopes], step.output)
    }
    case 'upsample':
      return addUpsample(graph, step)
    case 'global_average':
      return addNode(graph, 'GlobalAveragePool', [step.input], step.output)
    case 'dense':
      return addDense(graph, step)
    case 'rows': {
      addNode(graph, 'Transpose', [step.input], `${step.output}_last`, [ints('perm', [0, 2, 3, 1])])
      const shape = addInts(graph, `${step.output}_shape`, [0, -1, step.width])
      return addNode(graph, 'Reshape', [`${step.output}_last`, shape], step.output)
    }
    case 'concat_rows':
      return addNode(graph, 'Concat', step.inputs, step.output, [int('axis', 1)])
    case 'either':
      return addEither(graph, step)
  }
}

function addUpsample(graph: Graph, { input, output }: Extract<Step, { op: 'upsample' }>): void {
  const scales = addFloats(graph, `${output}_scales`, [4], Float32Array.of(1, 1, 2, 2))
  const attributes = [
    text('mode', 'nearest'),
    text('coordinate_transformation_mode', 'asymmetric'),
    text('nearest_mode', 'floor'),
  ]
  addNode(graph, 'Resize', [input, '', scales], output, attributes)
}

function addEither({ nodes }: Graph, { condition, steps, values }: Extract<Step, { op: 'either' }>): void {
  const then: Graph = { nodes: [], tensors: [] }
  for (const step of steps) addStep(then, step)
  const otherwise: Graph = { nodes: [], tensors: [] }
  // A branch must make what it gives.
  for (const value of values) addNode(otherwise, 'Identity', [value.ifNot], `${value.output}_else`)
  nodes.push({
    opType: 'If',
    input: [condition],
    output: values.map(({ output }) => output),
    attribute: [
      branch(
        'then_branch',
        then,
        values.map(value => value.ifSo),
      ),
      branch(
        'else_branch',
        otherwise,
        values.map(({ output }) => `${output}_else`),
      ),
    ],
  })
}

function branch(name: string, { nodes, tensors }: Graph, outputs: string[]): object {
  const output = outputs.map(given => value(given, ELEMENT.float, OUTPUT_DIMS[3]))
  return { name, type: ATTRIBUTE.graph, g: { name, node: nodes, initializer: tensors, output } }
}

function addNormalise(graph: Graph, step: Extract<Step, { op: 'normalise' }>): void {
  const { output, mean, divisor } = step
  addNode(graph, 'Cast', [step.input], `${output}_float`, [int('to', ELEMENT.float)])
  const plain = divisor === 1 && mean.every(value => value === 0)
  const first = plain ? output : `${output}_first`
  addNode(graph, 'Transpose', [`${output}_float`], first, [ints('perm', [0, 3, 1, 2])])
  if (plain) return
  const middle = addFloats(graph, `${output}_mean`, [1, 3, 1, 1], Float32Array.from(mean))
  addNode(graph, 'Sub', [first, middle], `${output}_centred`)
  addNode(
    graph,
    'Div',
    [`${output}_centred`, addFloats(graph, `${output}_by`, [], new Float32Array([divisor]))],
    output,
  )
}

function withActivation(graph: Graph, activation: Activation, output: string, add: (output: string) => void): void {
  if (activation === 'none') return add(output)
  add(`${output}_linear`)
  if (activation === 'relu') addNode(graph, 'Relu', [`${output}_linear`], output)
  else {
    const low = addFloats(graph, `${output}_low`, [], new Float32Array([0]))
    const high = addFloats(graph, `${output}_high`, [], new Float32Array([6]))
    addNode(graph, 'Clip', [`${output}_linear`, low, high], output)
  }
}

function padding(given: Padding): object {
  if (typeof given === 'number') return ints('pads', [given, given, given, given])
  return text('auto_pad', given === 'same' ? 'SAME_UPPER' : 'VALID')
}

function addConv(graph: Graph, step: Extract<Step, { op: 'conv' | 'depthwise' }>): void {
  const { weights, output, input, stride } = step
  const deep = step.op === 'depthwise'
  const outputs = deep ? weights.inputs : weights.outputs
  const dims = [outputs, deep ? 1 : weights.inputs, weights.height, weights.width]
  const filter = addFloats(graph, `${output}_filter`, dims, channelsFirst(weights, deep))
  const bias = addFloats(graph, `${output}_bias`, [outputs], weights.bias)
  const attributes = [
    ints('kernel_shape', [weights.height, weights.width]),
    ints('strides', pair(stride)),
    int('group', deep ? weights.inputs : 1),
    padding(step.padding),
  ]
  withActivation(graph, step.activation, output, out => addNode(graph, 'Conv', [input, filter, bias], out, attributes))
}

/** From height × width × inputs × outputs to outputs × inputs × height × width (depthwise: inputs × 1 × height × width). */
function channelsFirst({ filter, height, width, inputs, outputs }: ConvWeights, deep: boolean): Float32Array {
  const area = height * width
  const turned = new Float32Array(filter.length)
  for (let cell = 0; cell < area; cell++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        const to = deep ? i * area + cell : (o * inputs + i) * area + cell
        turned[to] = filter[(cell * inputs + i) * outputs + o] as number
      }
    }
  }
  return turned
}

function addDense(graph: Graph, step: Extract<Step, { op: 'dense' }>): void {
  const { output, weights, bias } = step
  addNode(graph, 'Flatten', [step.input], `${output}_flat`, [int('axis', 1)])
  const dims = [weights.length / bias.length, bias.length]
  const names = [
    addFloats(graph, `${output}_weights`, dims, channelRows(step)),
    addFloats(graph, `${output}_bias`, [bias.length], bias),
  ]
  addNode(graph, 'Gemm', [`${output}_flat`, ...names], output)
}

/** A dense layer's rows as ONNX flattens a picture: all cells of a channel together. */
function channelRows({ weights, bias, cells }: Extract<Step, { op: 'dense' }>): Float32Array {
  if (cells === 1) return weights
  const outputs = bias.length
  const channels = weights.length / outputs / cells
  const turned = new Float32Array(weights.length)
  for (let cell = 0; cell < cells; cell++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = (cell * channels + channel) * outputs
      turned.set(weights.subarray(from, from + outputs), (channel * cells + cell) * outputs)
    }
  }
  return turned
}
