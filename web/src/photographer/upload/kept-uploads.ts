import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { PickedFile } from './collect-files.ts'

/** What is known of one file, over reloads of the page. A file that changed since is another one. */
export interface KeptFile {
  sha256: string
  /** Where its upload goes on. */
  address?: string
  outcome?: 'stored' | 'duplicate'
}

/** A folder that is not all stored. */
export interface KeptFolder {
  /** Empty for files that were chosen without one. */
  name: string
  photos: number
  /** Without one the person chooses the folder again. */
  handle?: FileSystemDirectoryHandle
}

interface Kept extends DBSchema {
  files: { key: string; value: KeptFile & { keptAt: number }; indexes: { keptAt: number } }
  folders: { key: string; value: KeptFolder & { keptAt: number }; indexes: { keptAt: number } }
}

/** Longer than an upload can be resumed. Files of a card that is put in again within this time are not hashed again. */
const KEPT_MS = 7 * 24 * 3_600_000
/** Stands in no file name. */
const SEPARATOR = '\0'

/** @returns null where the browser stores nothing: then the page knows files and folders only until it is closed */
async function open(): Promise<IDBPDatabase<Kept> | null> {
  try {
    return await openDB<Kept>('pix-uploads', 1, {
      upgrade(db) {
        db.createObjectStore('files').createIndex('keptAt', 'keptAt')
        db.createObjectStore('folders').createIndex('keptAt', 'keptAt')
      },
    })
  } catch {
    return null
  }
}

async function dropOld(db: IDBPDatabase<Kept>): Promise<void> {
  const old = IDBKeyRange.upperBound(Date.now() - KEPT_MS)
  for (const store of ['files', 'folders'] as const)
    for (const key of await db.getAllKeysFromIndex(store, 'keptAt', old)) await db.delete(store, key)
}

/** The same for the same file, also when it is chosen again. */
export const keyOf = ({ path, file }: PickedFile): string => [path, file.size, file.lastModified].join(SEPARATOR)
/** Writes follow each other in the order of their calls; one that fails costs a hash or a file's beginning. */
const write = (change: Promise<unknown> | undefined) => void change?.catch(() => undefined)

/** What this device knows of one person's uploads to one event. */
export async function keptUploads(userId: string, eventId: string) {
  const db = await open()
  const scope = `${userId}${SEPARATOR}${eventId}${SEPARATOR}`
  const files = new Map<string, KeptFile>()
  const folders = new Map<string, KeptFolder>()

  if (db) {
    await dropOld(db)
    const all = IDBKeyRange.bound(scope, `${scope}\uffff`)
    const [keys, values] = await Promise.all([db.getAllKeys('files', all), db.getAll('files', all)])
    keys.forEach((key, at) => files.set(key.slice(scope.length), values[at]!))
    for (const folder of await db.getAll('folders', all)) folders.set(folder.name, folder)
  }
  return {
    of: (file: PickedFile): KeptFile | undefined => files.get(keyOf(file)),
    keep(file: PickedFile, known: KeptFile): void {
      files.set(keyOf(file), known)
      write(db?.put('files', { ...known, keptAt: Date.now() }, scope + keyOf(file)))
    },
    forget(file: PickedFile): void {
      files.delete(keyOf(file))
      write(db?.delete('files', scope + keyOf(file)))
    },
    /** Folders that are not all stored, with how many of their files are. */
    folders: (): (KeptFolder & { stored: number })[] =>
      [...folders.values()].map(folder => ({ ...folder, stored: storedOf(files, folder.name) })),
    keepFolder(folder: KeptFolder): void {
      folders.set(folder.name, folder)
      write(db?.put('folders', { ...folder, keptAt: Date.now() }, scope + folder.name))
    },
    dropFolder(name: string): void {
      folders.delete(name)
      write(db?.delete('folders', scope + name))
    },
  }
}
export type KeptUploads = Awaited<ReturnType<typeof keptUploads>>

function storedOf(files: ReadonlyMap<string, KeptFile>, folder: string): number {
  let stored = 0
  for (const [key, { outcome }] of files) {
    const [path = ''] = key.split(SEPARATOR)
    const isOfIt = folder === '' ? !path.includes('/') : path.startsWith(`${folder}/`)
    if (isOfIt && outcome) stored += 1
  }
  return stored
}
