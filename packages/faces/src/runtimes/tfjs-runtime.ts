import { LARGE_TOO } from '../networks/detector.ts'
import type { Network } from '../networks/network.ts'
import type { FaceRuntime, NetworkName } from './runtime.ts'
import { tfjsNetwork } from './tfjs-network.ts'

/**
 * The three networks on the tfjs backend that is active when this is called.
 *
 * @param name as told in logs: `tfjs-node`, `tfjs-wasm`
 */
export function createTfjsRuntime(name: string, networks: Record<NetworkName, Network>): FaceRuntime {
  const detector = tfjsNetwork(networks.detector)
  const landmarks = tfjsNetwork(networks.landmarks)
  const embedder = tfjsNetwork(networks.embedder)
  return {
    name,
    detect: async (pixels, largeToo) => {
      const met = largeToo ? [LARGE_TOO] : []
      const [boxes = new Float32Array(), logits = new Float32Array()] = await detector.run(pixels, met)
      return { boxes, logits }
    },
    landmarks: async pixels => (await landmarks.run(pixels))[0] ?? new Float32Array(),
    embed: async pixels => (await embedder.run(pixels))[0] ?? new Float32Array(),
    close: async () => {
      for (const network of [detector, landmarks, embedder]) network.dispose()
    },
  }
}
