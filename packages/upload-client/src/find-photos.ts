import { readdir } from 'node:fs/promises'
import nodePath, { type PlatformPath } from 'node:path'
import { isLitter, isRaw, photosOfFolder, type RawCount } from '@pix/domain/card-files.ts'

export interface Found extends RawCount {
  /** Absolute paths, in order. */
  photos: string[]
}

/** The photos of a folder and of the folders in it. Raw files and what cameras leave beside photos are left out. */
export async function findPhotos(folder: string): Promise<Found> {
  const entries = await readdir(folder, { withFileTypes: true })
  const { photos, raw, alone } = photosOfFolder(entries.filter(entry => entry.isFile()))
  const found = { photos: photos.map(({ name }) => nodePath.join(folder, name)).toSorted(), raw, alone }
  for (const entry of entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.')).toSorted(byName)) {
    const inside = await findPhotos(nodePath.join(folder, entry.name))
    found.photos.push(...inside.photos)
    found.raw += inside.raw
    found.alone += inside.alone
  }
  return found
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

/** A file that came into a watched folder is to be sent. */
export const isPhotoPath = (path: string, on: PlatformPath = nodePath): boolean => {
  const name = on.basename(path)
  return !isLitter(name) && !isRaw(name)
}

/** As the receipt names a file: below its folder, with `/` on every system. */
export const nameIn = (folder: string, path: string, on: PlatformPath = nodePath): string =>
  on.relative(folder, path).split(on.sep).join('/')
