import { InferenceSession, Tensor } from 'onnxruntime-node'
import { LARGE_TOO } from '../networks/detector.ts'
import { onnxFiles } from './onnx-files.ts'
import type { FaceRuntime, NetworkName, PixelBatch } from './runtime.ts'

/**
 * onnxruntime-node: the fastest of the runtimes on plain CPUs.
 *
 * @param threads inside one operation; 1 is best when a process per core does the work
 * @throws Error when the native library cannot be loaded on this machine
 */
export async function createOnnxRuntime(options: { cacheDir: string; threads: number }): Promise<FaceRuntime> {
  const files = await onnxFiles(options.cacheDir)
  const open = (name: NetworkName) =>
    InferenceSession.create(files[name], {
      executionProviders: ['cpu'],
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // The arena keeps what the largest look needed, and looks are bounded: fetching that memory anew each time costs a
      // quarter of a large look. Memory patterns would only be kept for every size of look ever seen.
      enableCpuMemArena: true,
      enableMemPattern: false,
    })
  const sessions = {
    detector: await open('detector'),
    landmarks: await open('landmarks'),
    embedder: await open('embedder'),
  }
  const run = async (name: NetworkName, { data, count, height, width }: PixelBatch, conditions?: Conditions) =>
    sessions[name].run({ pixels: new Tensor('uint8', data, [count, height, width, 3]), ...conditions })

  return {
    name: 'onnx',
    detect: async (pixels, largeToo) => {
      const out = await run('detector', pixels, { [LARGE_TOO]: new Tensor('bool', [largeToo], []) })
      return { boxes: floats(out.boxes), logits: floats(out.logits) }
    },
    landmarks: async pixels => floats((await run('landmarks', pixels)).points),
    embed: async pixels => floats((await run('embedder', pixels)).embedding),
    close: async () => {
      for (const session of Object.values(sessions)) await session.release()
    },
  }
}

type Conditions = Record<string, Tensor>

function floats(value: InferenceSession.OnnxValueMapType[string] | undefined): Float32Array {
  if (!(value?.data instanceof Float32Array)) throw new Error('the network answered without numbers')
  return value.data
}
