import { photosOfFolder } from '@pix/domain/card-files.ts'

/** Files chosen with an input, folders included. */
export function filesOfInput(input: HTMLInputElement): File[] {
  const folders = new Map<string, File[]>()
  for (const file of input.files ?? []) {
    const folder = file.webkitRelativePath.slice(0, -file.name.length)
    const siblings = folders.get(folder)
    if (siblings) siblings.push(file)
    else folders.set(folder, [file])
  }
  return [...folders.values()].flatMap(files => photosOfFolder(files))
}

/**
 * Files dropped on the page, every folder read to its bottom. The items of a drop are only there during the event,
 * so the entries are taken before the first wait.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null)
  return filesOfEntries(entries)
}

/** The photos of one folder's entries, then those of the folders in it. */
async function filesOfEntries(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const files = photosOfFolder(entries.filter(entry => entry.isFile))
  const found = await Promise.all(files.map(entry => fileOf(entry as FileSystemFileEntry)))
  for (const entry of entries)
    if (entry.isDirectory) found.push(...(await filesOfEntries(await entriesOf(entry as FileSystemDirectoryEntry))))
  return found
}

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const inside: FileSystemEntry[] = []
  // A reader answers a hundred at a time and then an empty list.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) break
    inside.push(...some)
  }
  return inside
}

/** The folder's name where all files come from one, for the page to say. */
export function folderOf(files: readonly File[]): string | undefined {
  const first = files[0]?.webkitRelativePath.split('/')
  return first && first.length > 1 ? first[0] : undefined
}
