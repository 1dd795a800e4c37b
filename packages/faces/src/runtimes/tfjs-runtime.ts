import type { Network } from '../networks/network.ts'
import type { FaceRuntime, NetworkName } from './runtime.ts'
import { tfjsNetwork } from './tfjs-network.ts'

/**
 * Networks on the tfjs backend that is active when this is called.
 *
 * @param name as named in logs: `tfjs-node`, `tfjs-wasm`
 */
export function createTfjsRuntime(name: string, networks: ReadonlyMap<NetworkName, Network>): FaceRuntime {
  const loaded = new Map([...networks].map(([which, network]) => [which, tfjsNetwork(network)]))
  return {
    name,
    run: async (which, pixels, met) => {
      const network = loaded.get(which)
      if (!network) throw new Error(`the runtime was opened without ${which}`)
      return network.run(pixels, met)
    },
    close: async () => {
      for (const network of loaded.values()) network.dispose()
    },
  }
}
