import * as tf from '@tensorflow/tfjs-core'
import type { Activation, ConvWeights, Network, Step } from '../networks/network.ts'
import type { PixelBatch } from './runtime.ts'

type ConvStep = Extract<Step, { op: 'conv' | 'depthwise' }>

/** A network on whichever tfjs backend is active; knows only tfjs-core, so the browser can use it too. */
export interface TfjsNetwork {
  /** @param met the network's conditions that hold */
  run(pixels: PixelBatch, met?: readonly string[]): Promise<Float32Array[]>
  dispose(): void
}

/** Uploads the weights once; each run then frees everything else it made. */
export function tfjsNetwork(network: Network): TfjsNetwork {
  const kept: tf.Tensor[] = []
  const keep = <T extends tf.Tensor>(value: T): T => {
    kept.push(value)
    return value
  }
  const steps = network.steps.map(step => prepare(step, keep))
  const forward = ({ data, count, height, width }: PixelBatch, met: readonly string[]): tf.Tensor[] =>
    tf.tidy(() => {
      const values: Values = new Map()
      values.set('pixels', tf.tensor4d(Float32Array.from(data), [count, height, width, 3]))
      for (const run of steps) run(values, met)
      return network.outputs.map(({ name }) => valueOf(values, name))
    })
  return {
    run: async (pixels, met = []) => {
      const outputs = forward(pixels, met)
      const data = await Promise.all(outputs.map(output => output.data<'float32'>()))
      tf.dispose(outputs)
      return data
    },
    dispose: () => tf.dispose(kept),
  }
}

type Values = Map<string, tf.Tensor>

function valueOf(values: Values, name: string): tf.Tensor {
  const found = values.get(name)
  if (!found) throw new Error(`network uses ${name} before making it`)
  return found
}

/** Adds a step's output to the values it finds its inputs among. */
type PreparedStep = (values: Values, met: readonly string[]) => void
type Operation = (inputs: tf.Tensor[]) => tf.Tensor
type Keep = <T extends tf.Tensor>(value: T) => T

function prepare(step: Step, keep: Keep): PreparedStep {
  if (step.op === 'either') return either(step, keep)
  const inputs = 'inputs' in step ? step.inputs : [step.input]
  const run = operation(step, keep)
  return values => values.set(step.output, run(inputs.map(name => valueOf(values, name))))
}

function either({ condition, steps, values: given }: Extract<Step, { op: 'either' }>, keep: Keep): PreparedStep {
  const prepared = steps.map(step => prepare(step, keep))
  return (values, met) => {
    const holds = met.includes(condition)
    if (holds) for (const run of prepared) run(values, met)
    for (const { output, ifSo, ifNot } of given) values.set(output, valueOf(values, holds ? ifSo : ifNot))
  }
}

function operation(step: Exclude<Step, { op: 'either' }>, keep: Keep): Operation {
  switch (step.op) {
    case 'normalise': {
      const mean = keep(tf.tensor1d([...step.mean]))
      return ([x]) => tf.div(tf.sub(x as tf.Tensor, mean), step.divisor)
    }
    case 'conv':
    case 'depthwise':
      return convolution(step, keep)
    case 'add':
      return ([a, b]) => activate(tf.add(a as tf.Tensor, b as tf.Tensor), step.activation)
    case 'max_pool':
      return ([x]) => tf.maxPool(x as tf.Tensor4D, step.size, step.stride, 'valid')
    case 'average_pool':
      return ([x]) => tf.avgPool(x as tf.Tensor4D, step.size, step.stride, 'valid')
    case 'pad_end': {
      const paddings = [0, step.rows, step.columns, step.channels].map((end): [number, number] => [0, end])
      return ([x]) => tf.pad(x as tf.Tensor, paddings)
    }
    case 'prelu': {
      const slopes = keep(tf.tensor1d(step.slopes))
      return ([x]) => tf.prelu(x as tf.Tensor, slopes)
    }
    case 'upsample':
      return ([x]) => {
        const [, height = 1, width = 1] = (x as tf.Tensor4D).shape
        return tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [2 * height, 2 * width])
      }
    case 'global_average':
      return ([x]) => tf.mean(x as tf.Tensor, [1, 2])
    case 'dense': {
      const weights = keep(tf.tensor2d(step.weights, [step.weights.length / step.bias.length, step.bias.length]))
      const bias = keep(tf.tensor1d(step.bias))
      return ([x]) => {
        const flat = tf.reshape(x as tf.Tensor, [(x as tf.Tensor).shape[0] as number, -1]) as tf.Tensor2D
        return tf.add(tf.matMul(flat, weights), bias)
      }
    }
    case 'rows':
      return ([x]) => tf.reshape(x as tf.Tensor, [(x as tf.Tensor).shape[0] as number, -1, step.width])
    case 'concat_rows':
      return inputs => tf.concat(inputs, 1)
  }
}

function convolution({ op, weights, stride, padding, activation }: ConvStep, keep: Keep): Operation {
  const filter = keep(tf.tensor4d(weights.filter, filterShape(weights)))
  const bias = keep(tf.tensor1d(weights.bias))
  const common = {
    strides: stride,
    pad: padding,
    bias,
    activation: activation === 'none' ? ('linear' as const) : activation,
  }
  if (op === 'conv') return ([x]) => tf.fused.conv2d({ ...common, x: x as tf.Tensor4D, filter })
  return ([x]) => tf.fused.depthwiseConv2d({ ...common, x: x as tf.Tensor4D, filter })
}

const filterShape = ({ height, width, inputs, outputs }: ConvWeights): [number, number, number, number] => [
  height,
  width,
  inputs,
  outputs,
]

function activate(x: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === 'relu') return tf.relu(x)
  return activation === 'relu6' ? tf.relu6(x) : x
}
