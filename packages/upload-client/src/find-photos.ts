import { type Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import nodePath, { type PlatformPath } from 'node:path'
import { isLitter, isRaw, isVideo, photosOfFolder, type RawCount } from '@pix/domain/card-files.ts'

/** What of a folder is not sent, counted; what cameras leave beside photos is not. */
export interface LeftOut extends RawCount {
  videos: number
  links: number
}

export interface Found {
  /** Absolute paths, in order. */
  photos: string[]
  leftOut: LeftOut
}

/** The photos of a folder and of the folders in it, but for hidden ones. Raw files, videos and links are left out. */
export async function findPhotos(folder: string): Promise<Found> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !isHidden(name))
  const files = entries.filter(entry => entry.isFile())
  const { photos, raw, alone } = photosOfFolder(files)
  const videos = files.filter(({ name }) => isVideo(name)).length
  const links = entries.filter(entry => entry.isSymbolicLink()).length
  const paths = photos.map(({ name }) => nodePath.join(folder, name)).toSorted()
  const found = { photos: paths, leftOut: { raw, alone, videos, links } }
  for (const { name } of entries.filter(entry => entry.isDirectory()).toSorted(byName)) {
    const inside = await findPhotos(nodePath.join(folder, name))
    found.photos.push(...inside.photos)
    for (const what of ['raw', 'alone', 'videos', 'links'] as const) found.leftOut[what] += inside.leftOut[what]
  }
  return found
}

const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : 1)
/** Also what somebody deleted on a card, which lies in a hidden folder of it. */
const isHidden = (name: string) => name.startsWith('.')

/** A file that came into a watched folder is to be sent, by the same rule. */
export function isPhotoPath(folder: string, path: string, on: PlatformPath = nodePath): boolean {
  const parts = nameIn(folder, path, on).split('/')
  const name = parts.at(-1)!
  return !parts.some(isHidden) && !isLitter(name) && !isRaw(name)
}

/** As the receipt names a file: below its folder, with `/` on every system. */
export const nameIn = (folder: string, path: string, on: PlatformPath = nodePath): string =>
  on.relative(folder, path).split(on.sep).join('/')
