import { InferenceSession, Tensor } from 'onnxruntime-node'
import { onnxFile } from './onnx-files.ts'
import type { FaceRuntime, NetworkName } from './runtime.ts'

/**
 * onnxruntime-node: the fastest of the runtimes on plain CPUs.
 *
 * @param threads inside one operation; 1 is best when a process per core does the work
 * @throws Error when the native library cannot be loaded on this machine, or weights are missing
 */
export async function createOnnxRuntime(
  networks: readonly NetworkName[],
  options: { cacheDir: string; folders: readonly string[]; threads: number },
): Promise<FaceRuntime> {
  const open = async (name: NetworkName) =>
    InferenceSession.create(await onnxFile(name, options.cacheDir, options.folders), {
      executionProviders: ['cpu'],
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // The arena keeps the memory of the largest look, and looks are bounded. Allocating it for each look would cost a
      // quarter of a large look's time. Memory patterns are off: one would be kept for every size of look.
      enableCpuMemArena: true,
      enableMemPattern: false,
    })
  const sessions = new Map<NetworkName, InferenceSession>()
  for (const name of networks) sessions.set(name, await open(name))

  return {
    name: 'onnx',
    run: async (name, { data, count, height, width }, met = []) => {
      const session = sessions.get(name)
      if (!session) throw new Error(`the runtime was opened without ${name}`)
      const conditions = session.inputNames.filter(input => input !== 'pixels')
      const feeds = conditions.map(input => [input, new Tensor('bool', [met.includes(input)], [])] as const)
      const pixels = new Tensor('uint8', data, [count, height, width, 3])
      const outputs = await session.run({ pixels, ...Object.fromEntries(feeds) })
      return session.outputNames.map(output => floats(outputs[output]))
    },
    close: async () => {
      for (const session of sessions.values()) await session.release()
    },
  }
}

function floats(value: InferenceSession.OnnxValueMapType[string] | undefined): Float32Array {
  if (!(value?.data instanceof Float32Array)) throw new Error('the network answered without numbers')
  return value.data
}
