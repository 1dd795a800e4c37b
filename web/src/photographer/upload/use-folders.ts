import type { RawCount } from '@pix/domain/card-files.ts'
import { computed, shallowRef } from 'vue'
import { filesOfFolder, type Picked, type PickedFile } from './collect-files.ts'
import type { KeptUploads } from './kept-uploads.ts'

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

  async function take(picked: readonly Picked[]): Promise<void> {
    const device = await kept()
    for (const { folder, files, handle } of picked)
      if (files.length > 0) device.keepFolder({ name: folder, photos: files.length, ...(handle && { handle }) })
    const names = new Set(picked.map(({ folder }) => folder))
    left.value = left.value.filter(folder => !names.has(folder.name))
    taken.value = [...taken.value.filter(one => !names.has(one.folder)), ...picked]
    add(picked.flatMap(({ files }) => files))
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
    if (!handle || (await handle.requestPermission?.({ mode: 'read' })) !== 'granted') return false
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
      if ((await handle?.queryPermission?.({ mode: 'read' })) === 'granted') await read(handle!)
  })()

  return { left, raw, name, take, goOn, forget, finish }
}
