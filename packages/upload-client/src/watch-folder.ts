import { watch } from 'chokidar'
import { isPhotoPath } from './find-photos.ts'

interface Watching {
  /** Files that are sent already. */
  known: readonly string[]
  add: (path: string) => void
  /** Called once it has begun. */
  began: () => void
}

/** A file that has not grown for so long is whole: a camera writes for a second or two. */
const STILL_MS = 1_500

/** Names each photo that comes into the folder, once it is whole, until the program is asked to end. */
export async function watchFolder(folder: string, { known, add, began }: Watching): Promise<void> {
  const seen = new Set(known)
  const watcher = watch(folder, { awaitWriteFinish: { stabilityThreshold: STILL_MS, pollInterval: 200 } })
  watcher.on('add', path => {
    if (seen.has(path) || !isPhotoPath(folder, path)) return
    seen.add(path)
    add(path)
  })
  began()
  await new Promise<void>(resolve => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  await watcher.close()
}
