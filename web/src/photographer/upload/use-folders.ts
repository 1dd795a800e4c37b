import type { RawCount } from '@pix/domain/card-files.ts'
import { computed, shallowRef } from 'vue'
import { filesOfFolder, type Picked, type PickedFile } from './collect-files.ts'
import { type KeptUploads, keyOf } from './kept-uploads.ts'

type LeftFolder = ReturnType<KeptUploads['folders']>[number]

/**
 * The folders that are being sent, the raw files left out of them, and folders that an earlier load of the page did not
 * finish. Where the browser may still read such a folder, its upload goes on by itself.
 *
 * @param unreadable called when a folder can no longer be read
 */
export function useFolders(
  kept: () => Promise<KeptUploads>,
  add: (files: readonly PickedFile[]) => void,
  unreadable: () => void,
) {
  const left = shallowRef<LeftFolder[]>([])
  const taken = shallowRef<readonly Picked[]>([])
  /** Raw files of all of them. */
  const raw = computed<RawCount>(() =>
    taken.value.reduce((sum, one) => ({ raw: sum.raw + one.raw, alone: sum.alone + one.alone }), { raw: 0, alone: 0 }),
  )
  const name = computed(() => taken.value.findLast(({ folder }) => folder !== '')?.folder)

  async function take(some: readonly Picked[]): Promise<void> {
    const device = await kept()
    const picked = some.map(one =>
      together(
        taken.value.find(({ folder }) => folder === one.folder),
        one,
      ),
    )
    for (const { folder, files, handle } of picked)
      if (files.length > 0) device.keepFolder({ name: folder, photos: files.length, ...(handle && { handle }) })
    const names = new Set(picked.map(({ folder }) => folder))
    left.value = left.value.filter(folder => !names.has(folder.name))
    taken.value = [...taken.value.filter(one => !names.has(one.folder)), ...picked]
    add(some.flatMap(({ files }) => files))
  }

  const read = async (handle: FileSystemDirectoryHandle): Promise<void> => {
    try {
      await take([await filesOfFolder(handle)])
    } catch {
      unreadable()
    }
  }

  /** Asks the browser, and reads what it may. @returns false where the person has to choose the folder again */
  async function goOn({ handle }: LeftFolder): Promise<boolean> {
    if (!handle || !(await isGranted(handle.requestPermission?.({ mode: 'read' })))) return false
    await read(handle)
    return true
  }

  async function forget(name: string): Promise<void> {
    left.value = left.value.filter(folder => folder.name !== name)
    ;(await kept()).dropFolder(name)
  }

  /** Called when all files are stored: the next load of the page has no folder to finish. */
  async function finish(): Promise<void> {
    const device = await kept()
    for (const { folder } of taken.value) device.dropFolder(folder)
  }

  void (async () => {
    left.value = (await kept()).folders()
    for (const { handle } of left.value)
      if (await isGranted(handle?.queryPermission?.({ mode: 'read' }))) await read(handle!)
  })()

  return { left, raw, name, take, goOn, forget, finish }
}

/** A browser that cannot ask grants nothing: then the person chooses the folder again. */
const isGranted = async (asked: Promise<PermissionState> | undefined): Promise<boolean> =>
  (await asked?.catch(() => 'denied' as const)) === 'granted'

/**
 * What was chosen under one name. A folder that is read again has files that are known; without one of those it is
 * another card's folder of the same name, or further files without a folder, and both count.
 */
function together(before: Picked | undefined, now: Picked): Picked {
  if (!before) return now
  const files = new Map(before.files.map(file => [keyOf(file), file]))
  const isAgain = now.files.some(file => files.has(keyOf(file)))
  for (const file of now.files) files.set(keyOf(file), file)
  const raw = isAgain ? now : { raw: before.raw + now.raw, alone: before.alone + now.alone }
  return { ...now, raw: raw.raw, alone: raw.alone, files: [...files.values()] }
}
