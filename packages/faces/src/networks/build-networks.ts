import type { NetworkName } from '../runtimes/runtime.ts'
import { detectorNetwork } from './detector.ts'
import { embedderNetwork } from './embedder.ts'
import { landmarkNetwork } from './landmarks.ts'
import type { Network } from './network.ts'
import { readWeights, type WeightManifest, type Weights } from './weights.ts'

/** File names of @vladmandic/face-api's models: `<stem>-weights_manifest.json` and `<stem>.bin`. */
export const MODEL_STEMS: Record<NetworkName, string> = {
  detector: 'ssd_mobilenetv1_model',
  landmarks: 'face_landmark_68_model',
  embedder: 'face_recognition_model',
}

const BUILDERS: Record<NetworkName, (weights: Weights) => Network> = {
  detector: detectorNetwork,
  landmarks: landmarkNetwork,
  embedder: embedderNetwork,
}

/** @param bytes the model's `.bin` */
export function buildNetwork(name: NetworkName, manifest: WeightManifest, bytes: Uint8Array): Network {
  return BUILDERS[name](readWeights(manifest, bytes))
}
