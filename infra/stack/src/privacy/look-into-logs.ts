import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { type Fault, type Findings, looksBiometric } from './report.ts'

/** Every file below the folders is read line by line: nothing of a face may stand in a log at any time. */
export async function lookIntoLogs(folders: readonly string[]): Promise<Findings> {
  const faults: Fault[] = []
  let [files, oldest] = [0, null as string | null]
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = join(entry.parentPath, entry.name)
      files += 1
      const found = await findLine(file)
      if (found === null) continue
      faults.push({ store: 'logs', what: `${file}, line ${found}, holds numbers like an embedding` })
      const at = (await stat(file)).birthtime.toISOString()
      if (oldest === null || at < oldest) oldest = at
    }
  }
  const kept = `never; ${files} files read`
  return {
    kinds: [{ store: 'logs', kind: 'embeddings', kept, count: faults.length, oldest, overdue: faults.length }],
    faults,
  }
}

async function findLine(file: string): Promise<number | null> {
  const bytes = createReadStream(file)
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  let number = 0
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1
    if (looksBiometric(line)) return number
  }
  return null
}
