import type { Network } from './network.ts'

/** A network without its numbers: where they are in a file beside it. */
export interface PackedNetwork {
  /** The network as JSON, each list of numbers replaced by its place. */
  header: string
  bytes: Uint8Array
}

/** Where a list of numbers lies in the bytes: as float32 … */
interface Floats {
  floats: number
  at: number
}

/**
 * … or as whole numbers of so many bits: first a scale per output as float32, then the low bytes, then the high ones
 * where there are more than eight bits. A number is its whole number times the scale of its output; outputs take turns.
 */
interface Whole {
  whole: number
  at: number
  outputs: number
  bits: number
}

/**
 * A network in few bytes, which compress well. Weights are rounded to whole numbers with a scale for each output; the rest
 * stays as it is. The rounding moves embeddings of length 1.4 by about 0.03. Packing an unpacked network changes nothing.
 */
export function packNetwork(network: Network): PackedNetwork {
  const parts: Uint8Array[] = []
  let at = 0
  const put = (...added: Uint8Array[]): number => {
    const start = at
    for (const part of added) {
      parts.push(part)
      at += part.length
    }
    return start
  }
  const header = JSON.stringify(network, function (this: { bias?: unknown }, key, value: unknown) {
    if (!(value instanceof Float32Array)) return value
    const bits = bitsOf(key, value.length)
    if (!bits || !(this.bias instanceof Float32Array)) return { floats: value.length, at: put(bytesOf(value)) }
    const outputs = this.bias.length
    return { whole: value.length, at: put(...quantise(value, outputs, bits)), outputs, bits } satisfies Whole
  })
  const bytes = new Uint8Array(at)
  let filled = 0
  for (const part of parts) {
    bytes.set(part, filled)
    filled += part.length
  }
  return { header, bytes }
}

/**
 * Bits for each weight. Layers of few weights get more: they come first, so that their errors pass through all other
 * layers, and they cost little. In a dense layer the errors of many weights cancel out.
 *
 * @param key name of the list: `filter` of a convolution, `weights` of a dense layer
 * @returns null for what is kept as it is
 */
function bitsOf(key: string, length: number): number | null {
  if (key === 'weights') return 6
  if (key !== 'filter') return null
  if (length <= 150_000) return 12
  return length <= 300_000 ? 10 : 8
}

/** Symmetric: the largest number of an output, whatever its sign, is the largest whole number. */
function quantise(values: Float32Array, outputs: number, bits: number): Uint8Array[] {
  const scales = new Float32Array(outputs)
  for (let i = 0; i < values.length; i++)
    scales[i % outputs] = Math.max(scales[i % outputs] as number, Math.abs(values[i] as number))
  const most = 2 ** (bits - 1) - 1
  for (let i = 0; i < outputs; i++) scales[i] = (scales[i] as number) / most || 1
  const low = new Uint8Array(values.length)
  const high = new Uint8Array(bits > 8 ? values.length : 0)
  for (let i = 0; i < values.length; i++) {
    const whole = Math.round((values[i] as number) / (scales[i % outputs] as number))
    low[i] = whole
    if (high.length > 0) high[i] = whole >> 8
  }
  return [bytesOf(scales), low, high]
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/**
 * The network that `packNetwork` packed.
 *
 * @throws Error when the bytes are not those of this header
 */
export function unpackNetwork({ header, bytes }: PackedNetwork): Network {
  return JSON.parse(header, (_, value: unknown) => {
    if (isFloats(value)) return readFloats(bytes, value.at, value.floats)
    return isWhole(value) ? readWhole(bytes, value) : value
  }) as Network
}

const isFloats = (value: unknown): value is Floats => typeof value === 'object' && value !== null && 'floats' in value
const isWhole = (value: unknown): value is Whole => typeof value === 'object' && value !== null && 'whole' in value

function readFloats(bytes: Uint8Array, at: number, count: number): Float32Array {
  return new Float32Array(part(bytes, at, count * 4).slice().buffer)
}

function readWhole(bytes: Uint8Array, { whole: count, at, outputs, bits }: Whole): Float32Array {
  const scales = readFloats(bytes, at, outputs)
  const low = part(bytes, at + outputs * 4, count)
  const high = bits > 8 ? part(bytes, at + outputs * 4 + count, count) : undefined
  const values = new Float32Array(count)
  for (let i = 0, output = 0; i < count; i++) {
    const lowByte = low[i] as number
    // The last byte carries the sign.
    const whole = high ? (((high[i] as number) << 24) >> 16) | lowByte : (lowByte << 24) >> 24
    values[i] = whole * (scales[output] as number)
    if (++output === outputs) output = 0
  }
  return values
}

function part(bytes: Uint8Array, at: number, length: number): Uint8Array {
  if (at + length > bytes.length)
    throw new Error(`a packed network of ${bytes.length} bytes ends before ${at + length}`)
  return bytes.subarray(at, at + length)
}
