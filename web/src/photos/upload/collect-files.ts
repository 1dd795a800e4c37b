/** What cameras and computers leave beside photos; nobody wants to hear about it. */
const LITTER = /^\.|^(thumbs\.db|desktop\.ini)$|\.(xmp|thm|ctg|dat|ini|txt|json|lrv|mov|mp4|avi|wav)$/i

/** A file that stands beside photos on a card but is none: left out without a word. */
export const isLitter = (name: string): boolean => LITTER.test(name)

/** Raw formats: real photos that we cannot take, so the photographer is told before anything is sent. */
export const isRaw = (name: string): boolean => /\.(cr2|cr3|nef|nrw|arw|raf|orf|rw2|pef|dng|srw|3fr|iiq)$/i.test(name)

/** Files chosen with an input, folders included. */
export const filesOfInput = (input: HTMLInputElement): File[] =>
  [...(input.files ?? [])].filter(file => !isLitter(file.name))

/**
 * Files dropped on the page, every folder read to its bottom. The items of a drop are only there during the event,
 * so the entries are taken before the first wait.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null)
  const files = await Promise.all(entries.map(filesOfEntry))
  return files.flat().filter(file => !isLitter(file.name))
}

async function filesOfEntry(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const inside: FileSystemEntry[] = []
  // A reader answers a hundred at a time and then an empty list.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) break
    inside.push(...some)
  }
  const files: File[] = []
  for (const each of inside) files.push(...(await filesOfEntry(each)))
  return files
}

/** The folder's name where all files come from one, for the page to say. */
export function folderOf(files: readonly File[]): string | undefined {
  const first = files[0]?.webkitRelativePath.split('/')
  return first && first.length > 1 ? first[0] : undefined
}
