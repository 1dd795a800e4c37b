/** Weights of a convolution, laid out as TensorFlow has them: height, width, inputs, outputs (depthwise: outputs = 1). */
export interface ConvWeights {
  filter: Float32Array
  bias: Float32Array
  height: number
  width: number
  inputs: number
  outputs: number
}

export type Activation = 'none' | 'relu' | 'relu6'

/** Zeros around a picture: none, TensorFlow's `same` (the odd pixel goes to the bottom right), or so many on every side. */
export type Padding = 'same' | 'valid' | number

/**
 * One operation of a network on 4-D activations. Every operation names its input(s) and its output, so that a runtime
 * only has to walk the list.
 */
export type Step =
  | { op: 'normalise'; input: string; output: string; mean: readonly [number, number, number]; divisor: number }
  | {
      op: 'conv' | 'depthwise'
      input: string
      output: string
      weights: ConvWeights
      stride: number
      padding: Padding
      activation: Activation
    }
  /** x where it is positive, else x times its channel's slope. */
  | { op: 'prelu'; input: string; output: string; slopes: Float32Array }
  | { op: 'add'; inputs: [string, string]; output: string; activation: Activation }
  | { op: 'max_pool' | 'average_pool'; input: string; output: string; size: number; stride: number }
  /** Zeros at the bottom, at the right and behind the last channel. */
  | { op: 'pad_end'; input: string; output: string; rows: number; columns: number; channels: number }
  | { op: 'global_average'; input: string; output: string }
  /** Doubles width and height by repeating each value. */
  | { op: 'upsample'; input: string; output: string }
  /** Flattens pictures of `cells` pixels, row by row, a pixel's channels together; `weights` is inputs × outputs. */
  | { op: 'dense'; input: string; output: string; weights: Float32Array; bias: Float32Array; cells: number }
  /** Row-major list of cells and anchors: `[batch, cells * anchors, width]`. */
  | { op: 'rows'; input: string; output: string; width: number }
  | { op: 'concat_rows'; inputs: string[]; output: string }
  /** Runs `steps` only where the input named `condition` says so; each value is then one of theirs, else one from before. */
  | { op: 'either'; condition: string; steps: Step[]; values: { output: string; ifSo: string; ifNot: string }[] }

/** A whole network: takes 8-bit RGB pixels, batch × height × width × 3, under the name `pixels`, and any conditions. */
export interface Network {
  name: string
  conditions: string[]
  steps: Step[]
  outputs: { name: string; rank: 2 | 3 }[]
}

/** Collects steps; each method returns the name of its output, to be fed to the next. */
export interface NetworkBuilder {
  readonly steps: Step[]
  normalise(mean: readonly [number, number, number], divisor: number): string
  conv(input: string, weights: ConvWeights, options: ConvOptions): string
  depthwise(input: string, weights: ConvWeights, options: ConvOptions): string
  add(a: string, b: string, activation: Activation): string
  pool(op: 'max_pool' | 'average_pool', input: string, size: number, stride: number): string
  padEnd(input: string, rows: number, columns: number, channels: number): string
}

export interface ConvOptions {
  stride: number
  padding: Padding
  activation: Activation
}

/** @returns an empty builder whose outputs are named `t1`, `t2` … in order. */
export function networkBuilder(): NetworkBuilder {
  const steps: Step[] = []
  let count = 0
  const push = (make: (output: string) => Step): string => {
    const output = `t${++count}`
    steps.push(make(output))
    return output
  }
  return {
    steps,
    normalise: (mean, divisor) => push(output => ({ op: 'normalise', input: 'pixels', output, mean, divisor })),
    conv: (input, weights, options) => push(output => ({ op: 'conv', input, output, weights, ...options })),
    depthwise: (input, weights, options) => push(output => ({ op: 'depthwise', input, output, weights, ...options })),
    add: (a, b, activation) => push(output => ({ op: 'add', inputs: [a, b], output, activation })),
    pool: (op, input, size, stride) => push(output => ({ op, input, output, size, stride })),
    padEnd: (input, rows, columns, channels) =>
      push(output => ({ op: 'pad_end', input, output, rows, columns, channels })),
  }
}
