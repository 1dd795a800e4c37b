import type { ConvWeights } from './network.ts'

interface ManifestWeight {
  name: string
  shape: number[]
  dtype: string
  quantization?: { scale: number; min: number; dtype: string }
}

/** A `*-weights_manifest.json` as @vladmandic/face-api ships it. */
export type WeightManifest = { paths: string[]; weights: ManifestWeight[] }[]

export interface WeightTensor {
  shape: number[]
  data: Float32Array
}

export type Weights = ReadonlyMap<string, WeightTensor>

/**
 * Reads the tensors out of a model file. Most are stored as one byte per number: value = byte × scale + min
 * (tfjs-core io/io_utils decodeWeights).
 *
 * @throws Error when the file is shorter than its manifest says
 */
export function readWeights(manifest: WeightManifest, bytes: Uint8Array): Weights {
  const tensors = new Map<string, WeightTensor>()
  let offset = 0
  for (const { name, shape, quantization } of manifest.flatMap(group => group.weights)) {
    const size = shape.reduce((product, side) => product * side, 1)
    const end = offset + size * (quantization ? 1 : 4)
    if (end > bytes.length) throw new Error(`model file ends before ${name}`)
    const part = bytes.slice(offset, end)
    tensors.set(name, { shape, data: quantization ? dequantise(part, quantization) : new Float32Array(part.buffer) })
    offset = end
  }
  return tensors
}

function dequantise(bytes: Uint8Array, { scale, min }: { scale: number; min: number }): Float32Array {
  const data = new Float32Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) data[i] = (bytes[i] as number) * scale + min
  return data
}

/** @throws Error when the model has no tensor of that name */
export function tensor(weights: Weights, name: string): WeightTensor {
  const found = weights.get(name)
  if (!found) throw new Error(`model has no tensor ${name}`)
  return found
}

/** A convolution's filter and bias; with `scale` and `shift` per output folded into both: scale × (conv + bias) + shift. */
export function convWeights(
  weights: Weights,
  filterName: string,
  biasName: string | null,
  folded?: { scale: Float32Array; shift: Float32Array },
): ConvWeights {
  const { shape, data } = tensor(weights, filterName)
  const [height = 1, width = 1, inputs = 1, outputs = 1] = shape
  const perOutput = outputs === 1 ? inputs : outputs
  const bias = biasName ? tensor(weights, biasName).data.slice() : new Float32Array(perOutput)
  const filter = data.slice()
  if (folded) {
    for (let i = 0; i < filter.length; i++) filter[i] = (filter[i] as number) * (folded.scale[i % perOutput] as number)
    for (let i = 0; i < perOutput; i++) {
      bias[i] = (bias[i] as number) * (folded.scale[i] as number) + (folded.shift[i] as number)
    }
  }
  return { filter, bias, height, width, inputs, outputs }
}
