import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { MODEL_STEMS, type FaceApiName } from './build-networks.ts'
import type { WeightManifest } from './weights.ts'

/** Folder of the model weights inside the installed @vladmandic/face-api package. */
export const modelFolder = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'model')

/** One model's manifest and weights, as the npm package carries them. */
export async function readModel(name: FaceApiName): Promise<{ manifest: WeightManifest; bytes: Uint8Array }> {
  const stem = join(modelFolder(), MODEL_STEMS[name])
  const [manifest, bytes] = await Promise.all([
    readFile(`${stem}-weights_manifest.json`, 'utf8'),
    readFile(`${stem}.bin`),
  ])
  return { manifest: JSON.parse(manifest) as WeightManifest, bytes: new Uint8Array(bytes) }
}
