import { photosOfFolder, type RawCount } from '@pix/domain/card-files.ts'

export interface PickedFile {
  file: File
  /** From the chosen folder's name on, with `/`; a file that was chosen alone has its name. */
  path: string
}

/** What was chosen in one step: a folder, or files without one. */
export interface Picked extends RawCount {
  /** The folder's name; empty for files without one. */
  folder: string
  /** Reads the folder again after the page was loaded again, where the browser has such handles. */
  handle?: FileSystemDirectoryHandle
  files: PickedFile[]
}

/** A file or a folder, however the browser hands it over. */
interface Entry {
  name: string
  /** The bytes, where the entry is a file. */
  file?: () => Promise<File>
  /** What is inside, where the entry is a folder. */
  inside?: () => Promise<Entry[]>
}

/** Browsers list the files of a folder in the order of the disk, so they are sorted. */
const byPath = (a: File, b: File) => (pathOf(a) < pathOf(b) ? -1 : 1)
const pathOf = (file: File) => file.webkitRelativePath || file.name

/** Files chosen with an input, a folder included. */
export function filesOfInput(input: HTMLInputElement): Picked[] {
  const folders = new Map<string, File[]>()
  for (const file of [...(input.files ?? [])].toSorted(byPath)) {
    const folder = file.webkitRelativePath.slice(0, -file.name.length)
    const siblings = folders.get(folder)
    if (siblings) siblings.push(file)
    else folders.set(folder, [file])
  }
  const roots = new Map<string, Picked>()
  for (const [folder, inside] of folders) {
    const root = folder.split('/')[0] ?? ''
    const { photos, raw, alone } = photosOfFolder(inside)
    const before = roots.get(root) ?? { folder: root, files: [], raw: 0, alone: 0 }
    before.files.push(...photos.map(file => ({ file, path: pathOf(file) })))
    roots.set(root, { ...before, raw: before.raw + raw, alone: before.alone + alone })
  }
  return [...roots.values()]
}

/**
 * Files dropped on the page, with those of all folders inside. The items of a drop exist only during the event, so all of
 * them are taken before the first `await`.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<Picked[]> {
  const items = [...transfer.items].filter(item => item.kind === 'file')
  const taken = items.map(async item => {
    const entry = item.webkitGetAsEntry()
    const handle = await item.getAsFileSystemHandle?.().catch(() => null)
    if (handle?.kind === 'directory') return handle as FileSystemDirectoryHandle
    return entry && ofEntry(entry)
  })
  const dropped = (await Promise.all(taken)).filter(one => one !== null)
  const picked: Picked[] = []
  for (const one of dropped) {
    if ('kind' in one) picked.push(await filesOfFolder(one))
    else if (one.inside) picked.push({ folder: one.name, ...(await collect(await one.inside(), `${one.name}/`)) })
  }
  const alone = dropped.filter((one): one is Entry => !('kind' in one) && one.file !== undefined)
  if (alone.length > 0) picked.push({ folder: '', ...(await collect(alone, '')) })
  return picked
}

/** The photos of a folder that the browser keeps a handle of. */
export async function filesOfFolder(handle: FileSystemDirectoryHandle): Promise<Picked> {
  return { folder: handle.name, handle, ...(await collect(await insideOf(handle), `${handle.name}/`)) }
}

/** The photos among entries, then those of the folders among them. */
async function collect(entries: readonly Entry[], at: string): Promise<Omit<Picked, 'folder'>> {
  const { photos, raw, alone } = photosOfFolder(entries.filter(entry => entry.file))
  const files = await Promise.all(photos.map(async ({ name, file }) => ({ file: await file!(), path: at + name })))
  const found = { files, raw, alone }
  for (const { name, inside } of entries) {
    if (!inside || name.startsWith('.')) continue
    const further = await collect(await inside(), `${at}${name}/`)
    found.files.push(...further.files)
    found.raw += further.raw
    found.alone += further.alone
  }
  return found
}

async function insideOf(folder: FileSystemDirectoryHandle): Promise<Entry[]> {
  const inside: Entry[] = []
  for await (const handle of folder.values())
    inside.push(
      handle.kind === 'file'
        ? { name: handle.name, file: () => (handle as FileSystemFileHandle).getFile() }
        : { name: handle.name, inside: () => insideOf(handle as FileSystemDirectoryHandle) },
    )
  return inside.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function ofEntry(entry: FileSystemEntry): Entry {
  const { name } = entry
  if (!entry.isDirectory)
    return { name, file: () => new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)) }
  return { name, inside: async () => (await entriesOf(entry as FileSystemDirectoryEntry)).map(ofEntry) }
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const inside: FileSystemEntry[] = []
  // A reader answers at most a hundred entries at a time, and an empty list at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) break
    inside.push(...some)
  }
  return inside
}
