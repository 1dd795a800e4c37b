import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Full paths of these programs on PATH, then in the extra folders. */
export function findBinaries(names: readonly string[], extraFolders: readonly string[] = []): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...extraFolders]
  return names.flatMap(name => folders.map(folder => join(folder, name))).filter(isProgram)
}

export const findBinary = (names: readonly string[], extraFolders: readonly string[] = []): string | undefined =>
  findBinaries(names, extraFolders)[0]
