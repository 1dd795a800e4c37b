import { createSHA256 } from 'hash-wasm'

const CHUNK_BYTES = 4 * 1024 * 1024

/** SHA-256 of a file in lower-case hex, read in pieces: never whole in memory. */
export async function hashFile(file: Blob): Promise<string> {
  const hash = await createSHA256()
  for (let at = 0; at < file.size; at += CHUNK_BYTES)
    hash.update(new Uint8Array(await file.slice(at, at + CHUNK_BYTES).arrayBuffer()))
  return hash.digest('hex')
}
