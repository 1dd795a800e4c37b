import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ZOO_FILES, ZOO_NAMES, type ZooName } from './zoo-files.ts'

/**
 * The first file of that name in the folders whose SHA-256 is the one known; undefined where there is none.
 *
 * @throws Error when a folder cannot be read for another reason than that the file is not there
 */
export async function findZooFile(name: ZooName, folders: readonly string[]): Promise<Uint8Array | undefined> {
  const { file, sha256 } = ZOO_FILES[name]
  for (const folder of folders) {
    const bytes = await readFile(join(folder, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
      throw error
    })
    if (bytes && hashOf(bytes) === sha256) return bytes
  }
  return undefined
}

/** Whether all of them are in the folders, whole and unchanged. */
export async function hasZooFiles(folders: readonly string[]): Promise<boolean> {
  const found = await Promise.all(ZOO_NAMES.map(name => findZooFile(name, folders)))
  return found.every(bytes => bytes !== undefined)
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
