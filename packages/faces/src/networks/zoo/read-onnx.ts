import { ATTRIBUTE, ELEMENT, OnnxModel } from '../onnx-schema.ts'

/** A tensor whose numbers are in the file. */
export interface Constant {
  dims: number[]
  data: Float32Array
}

export interface OnnxNode {
  op: string
  inputs: string[]
  output: string
  /** Whole numbers among its attributes; one alone is a list of one. */
  ints: ReadonlyMap<string, number[]>
  floats: ReadonlyMap<string, number>
  /** What a `Constant` holds. */
  tensor?: Constant
}

export interface OnnxGraph {
  nodes: OnnxNode[]
  constants: ReadonlyMap<string, Constant>
}

interface TensorMessage {
  name?: string
  dims?: number[]
  dataType?: number
  floatData?: number[]
  int32Data?: number[]
  int64Data?: number[]
  rawData?: Uint8Array
}

interface NodeMessage {
  input?: string[]
  output?: string[]
  opType?: string
  /** What is 0 may be left out of a file. */
  attribute?: { name: string; type?: number; f?: number; i?: number; ints?: number[]; t?: TensorMessage }[]
}

/**
 * Reads the nodes and numbers of an ONNX file.
 *
 * @throws Error when it is no ONNX file or holds numbers of a kind not known here
 */
export function readOnnx(bytes: Uint8Array): OnnxGraph {
  const model = OnnxModel.toObject(OnnxModel.decode(bytes), { longs: Number }) as {
    graph?: { node?: NodeMessage[]; initializer?: TensorMessage[] }
  }
  return {
    nodes: (model.graph?.node ?? []).map(readNode),
    constants: new Map((model.graph?.initializer ?? []).map(tensor => [tensor.name ?? '', readTensor(tensor)])),
  }
}

function readNode({ opType = '', input = [], output = [], attribute = [] }: NodeMessage): OnnxNode {
  const ofType = (wanted: number) => attribute.filter(({ type }) => type === wanted)
  const ints = new Map([
    ...ofType(ATTRIBUTE.int).map(({ name, i = 0 }): [string, number[]] => [name, [i]]),
    ...ofType(ATTRIBUTE.ints).map(({ name, ints: several = [] }): [string, number[]] => [name, several]),
  ])
  const floats = ofType(ATTRIBUTE.float).map(({ name, f = 0 }) => [name, f] as const)
  const tensor = attribute.find(({ t }) => t)?.t
  return {
    op: opType,
    inputs: input,
    output: output[0] ?? '',
    ints,
    floats: new Map(floats),
    ...(tensor && { tensor: readTensor(tensor) }),
  }
}

function readTensor({ dims = [], dataType = 0, rawData, ...lists }: TensorMessage): Constant {
  const data = rawData ? readRaw(new Uint8Array(rawData).buffer, dataType) : undefined
  return { dims, data: data ?? Float32Array.from(lists.floatData ?? lists.int32Data ?? lists.int64Data ?? []) }
}

function readRaw(buffer: ArrayBufferLike, dataType: number): Float32Array {
  switch (dataType) {
    case ELEMENT.float:
      return new Float32Array(buffer)
    case ELEMENT.uint8:
      return Float32Array.from(new Uint8Array(buffer))
    case ELEMENT.int8:
      return Float32Array.from(new Int8Array(buffer))
    case ELEMENT.int32:
      return Float32Array.from(new Int32Array(buffer))
    case ELEMENT.int64:
      return Float32Array.from(new BigInt64Array(buffer), Number)
    default:
      throw new Error(`no numbers of ONNX type ${dataType} are read here`)
  }
}

/**
 * A tensor stored in whole numbers, as it was: (number − zero point) × scale. There is one scale for all, one per place
 * along `axis`, or one per `block_size` places along it.
 */
export function dequantise(node: OnnxNode, [whole, scale, zero]: (Constant | undefined)[]): Constant {
  if (!whole || !scale) throw new Error(`${node.output}: no numbers to read`)
  const axis = node.ints.get('axis')?.[0] ?? 1
  const block = node.ints.get('block_size')?.[0] || 1
  const length = whole.dims[axis] ?? 1
  const inner = whole.dims.slice(axis + 1).reduce((product, side) => product * side, 1)
  const blocks = Math.ceil(length / block)
  const perTensor = scale.data.length === 1
  const perPlace = scale.dims.length < whole.dims.length // a list along the axis, the same for every row before it
  const data = whole.data.map((value, i) => {
    const place = Math.floor(i / inner) % length
    const row = perPlace ? 0 : Math.floor(i / (inner * length))
    const at = perTensor
      ? 0
      : (row * blocks + Math.floor(place / block)) * (perPlace ? 1 : inner) + (perPlace ? 0 : i % inner)
    return (value - (zero?.data[at] ?? 0)) * (scale.data[at] as number)
  })
  return { dims: whole.dims, data }
}
