import { inflateSync } from 'node:zlib'

/** The files that are attached to a PDF of ours, as text. */
export function attachmentsOf(pdf: Buffer): string[] {
  const found: string[] = []
  for (const part of pdf.toString('latin1').split('/Type /EmbeddedFile').slice(1)) {
    const from = part.indexOf('stream\n') + 'stream\n'.length
    const bytes = Buffer.from(part.slice(from, part.indexOf('\nendstream')), 'latin1')
    found.push(inflateSync(bytes).toString())
  }
  return found
}
