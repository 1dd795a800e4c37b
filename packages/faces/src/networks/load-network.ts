import type { NetworkName } from '../runtimes/runtime.ts'
import { buildNetwork, isFaceApiName } from './build-networks.ts'
import type { Network } from './network.ts'
import { packNetwork, unpackNetwork } from './pack-network.ts'
import { readModel } from './read-models.ts'
import { findZooFile } from './zoo/find-files.ts'
import { networkFromOnnx } from './zoo/from-onnx.ts'
import { ZOO_FILES } from './zoo/zoo-files.ts'

/** A network's file as it came, and what it is made into. */
export interface NetworkSource {
  bytes: Uint8Array
  build(): Network
}

/**
 * @param folders where the zoo's files may be; those of face-api are in its npm package
 * @throws Error when the weights are nowhere
 */
export async function loadNetwork(name: NetworkName, folders: readonly string[]): Promise<NetworkSource> {
  if (isFaceApiName(name)) {
    const { manifest, bytes } = await readModel(name)
    return { bytes, build: () => buildNetwork(name, manifest, bytes) }
  }
  const bytes = await findZooFile(name, folders)
  if (!bytes) throw new Error(`${ZOO_FILES[name].file} is not on this machine`)
  // The browser gets the same weights: a face has one embedding on a phone and here.
  return { bytes, build: () => unpackNetwork(packNetwork(networkFromOnnx(bytes, { name, ...ZOO_FILES[name] }))) }
}
