import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildNetwork } from '../networks/build-networks.ts'
import { readModel } from '../networks/read-models.ts'
import { writeOnnx } from '../networks/write-onnx.ts'
import { NETWORK_NAMES, type NetworkName } from './runtime.ts'

/**
 * Paths of the ONNX graphs, converted from face-api's weights when the cache does not have them yet. A file's name
 * carries the hash of the weights and of the converter's own source, so neither can go stale.
 */
export async function onnxFiles(cacheDir: string): Promise<Record<NetworkName, string>> {
  await mkdir(cacheDir, { recursive: true })
  const converter = await converterHash()
  const entries = await Promise.all(
    NETWORK_NAMES.map(async name => [name, await onnxFile(cacheDir, name, converter)] as const),
  )
  return Object.fromEntries(entries) as Record<NetworkName, string>
}

async function onnxFile(cacheDir: string, name: NetworkName, converter: string): Promise<string> {
  const { manifest, bytes } = await readModel(name)
  const hash = createHash('sha256').update(converter).update(bytes).digest('hex').slice(0, 16)
  const path = join(cacheDir, `${name}-${hash}.onnx`)
  if (await exists(path)) return path
  const unfinished = `${path}.${randomUUID()}`
  await writeFile(unfinished, writeOnnx(buildNetwork(name, manifest, bytes)))
  await rename(unfinished, path) // several processes may start at once: each sees a whole file or none
  return path
}

async function converterHash(): Promise<string> {
  const folder = new URL('../networks/', import.meta.url)
  const names = (await readdir(folder)).filter(name => !name.endsWith('.test.ts')).sort()
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
