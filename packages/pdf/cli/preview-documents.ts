// npm run documents: every kind of document as PDF, in .data/documents.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { drawDocument } from '../src/draw-document.ts'
import { SAMPLE_CERTIFICATES } from '../src/sample-certificates.ts'
import { SAMPLE_DOCUMENTS } from '../src/sample-documents.ts'
import { drawSampleStatement, SAMPLE_STATEMENTS } from '../src/sample-statements.ts'

const folder = fileURLToPath(new URL('../../../.data/documents/', import.meta.url))
await mkdir(folder, { recursive: true })
const save = async (name: string, pdf: Buffer) => {
  await writeFile(`${folder}${name}.pdf`, pdf)
  console.log(`${folder}${name}.pdf`)
}
for (const [name, content] of Object.entries({ ...SAMPLE_DOCUMENTS, ...SAMPLE_CERTIFICATES }))
  await save(name, await drawDocument(content))
for (const [name, sample] of Object.entries(SAMPLE_STATEMENTS)) await save(name, await drawSampleStatement(sample))
