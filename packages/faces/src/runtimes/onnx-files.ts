import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { branchPRelu } from '../networks/branch-prelu.ts'
import { loadNetwork } from '../networks/load-network.ts'
import { writeOnnx } from '../networks/write-onnx.ts'
import { writeWhole } from '../write-whole.ts'
import type { NetworkName } from './runtime.ts'

/**
 * Path of a network's ONNX graph, converted from its weights when the cache does not have it yet. The file's name carries
 * the hash of the weights and of the converter's own source, so neither can go stale.
 *
 * @param folders where the zoo's files may be, besides the cache
 */
export async function onnxFile(name: NetworkName, cacheDir: string, folders: readonly string[]): Promise<string> {
  const { bytes, build } = await loadNetwork(name, [cacheDir, ...folders])
  const hash = createHash('sha256')
    .update(await converterHash())
    .update(bytes)
    .digest('hex')
    .slice(0, 16)
  const path = join(cacheDir, `${name}-${hash}.onnx`)
  if (await exists(path)) return path
  await writeWhole(path, writeOnnx(branchPRelu(build())))
  return path
}

async function converterHash(): Promise<string> {
  const folder = new URL('../networks/', import.meta.url)
  const names = (await readdir(folder, { recursive: true })).filter(name => /(?<!\.test)\.ts$/.test(name)).sort()
  const hash = createHash('sha256')
  for (const name of names) hash.update(await readFile(new URL(name, folder)))
  return hash.digest('hex')
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
