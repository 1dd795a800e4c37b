import { Problem } from './problem.ts'

/** What a form brings, in the order in which it comes. */
export type FormParts = AsyncIterable<{ kind: 'text' } | { kind: 'file'; body: AsyncIterable<Buffer> }>

/**
 * The bytes of the file of a form that brings one; the form ends it at its limit. What it holds, a worker says.
 *
 * @throws Problem `no_file`, `empty_file`
 */
export async function receiveFile(form: FormParts): Promise<Buffer> {
  let bytes: Buffer | null = null
  for await (const part of form) {
    if (part.kind !== 'file') continue
    const pieces: Buffer[] = []
    for await (const piece of part.body) pieces.push(piece)
    bytes = Buffer.concat(pieces)
  }
  if (bytes === null) throw new Problem('no_file')
  if (bytes.length === 0) throw new Problem('empty_file')
  return bytes
}
