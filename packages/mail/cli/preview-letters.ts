// npm run letters: every letter in both languages as a page and as plain text, in .data/letters.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { previewLetters } from '../src/preview-letters.ts'

const folder = fileURLToPath(new URL('../../../.data/letters/', import.meta.url))
await mkdir(folder, { recursive: true })
for (const { name, subject, text, html } of previewLetters()) {
  await writeFile(`${folder}${name}.html`, html)
  await writeFile(`${folder}${name}.txt`, `${subject}\n\n${text}`)
  console.log(`${folder}${name}.html: ${subject}`)
}
