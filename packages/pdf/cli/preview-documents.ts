// npm run documents: every kind of document as PDF, in .data/documents.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { drawDocument } from '../src/draw-document.ts'
import { SAMPLE_CERTIFICATES } from '../src/sample-certificates.ts'
import { SAMPLE_DOCUMENTS } from '../src/sample-documents.ts'

const folder = fileURLToPath(new URL('../../../.data/documents/', import.meta.url))
await mkdir(folder, { recursive: true })
for (const [name, content] of Object.entries({ ...SAMPLE_DOCUMENTS, ...SAMPLE_CERTIFICATES })) {
  await writeFile(`${folder}${name}.pdf`, await drawDocument(content))
  console.log(`${folder}${name}.pdf`)
}
