import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { batchUpload } from '@pix/contracts/photos.ts'
import { paddedPhotos } from './padded-photos.ts'
import { buy } from './try/buy.ts'
import { openEvent, putOnSale, waitProcessed } from './try/publish.ts'
import { createVisitor, DEMO, type Visitor } from './try/visitor.ts'
import { memoryDuring } from './watch-memory.ts'

const MB = 1_000_000
const UPLOADERS = 8
const FILE_BYTES = 45 * MB

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string', default: 'http://localhost:8080' },
    'sim-url': { type: 'string', default: 'http://localhost:8083' },
    'api-metrics-url': { type: 'string', default: 'http://localhost:9081' },
    /** GB sent by the uploaders together. */
    upload: { type: 'string', default: '2' },
    /** GB of the ZIP. */
    zip: { type: 'string', default: '4.5' },
    json: { type: 'boolean', default: false },
  },
})

/** What the api's memory does while eight uploaders send gigabytes, and while a ZIP beyond 4 GB is built and read. */
async function main(): Promise<void> {
  const admin = createVisitor(values['base-url'])
  const photographer = createVisitor(values['base-url'])
  await admin.signIn(DEMO.admin)
  await photographer.signIn(DEMO.photographer)
  const event = await openEvent(admin)

  const filesPerUploader = Math.ceil((Number(values.upload) * 1000 * MB) / FILE_BYTES / UPLOADERS)
  const uploads = await memoryDuring(values['api-metrics-url'], () =>
    Promise.all(Array.from({ length: UPLOADERS }, () => uploadBatch(photographer, event.id, filesPerUploader))),
  )
  const missing = Math.ceil((Number(values.zip) * 1000 * MB) / FILE_BYTES) - filesPerUploader * UPLOADERS
  for (let left = missing; left > 0; left -= 10) await uploadBatch(photographer, event.id, Math.min(10, left))
  const photos = await waitProcessed(admin, event.id, left => process.stderr.write(`processing, ${left} left\n`))
  await putOnSale(admin, event.id)

  const folder = mkdtempSync(join(tmpdir(), 'thepixstock-transfer-'))
  try {
    const file = join(folder, 'photos.zip')
    const ids = photos.filter(photo => photo.state === 'processed').map(photo => photo.id)
    const zip = await memoryDuring(values['api-metrics-url'], () =>
      buy(createVisitor(values['base-url']), ids, values['sim-url'], file),
    )
    await promisify(execFile)('unzip', ['-tqq', file], { maxBuffer: 10 * MB })
    report({
      uploadedGb: (filesPerUploader * UPLOADERS * FILE_BYTES) / 1e9,
      uploadPeakMb: (uploads.peak - uploads.before) / MB,
      zipGb: statSync(file).size / 1e9,
      zipPeakMb: (zip.peak - zip.before) / MB,
      zipSeconds: zip.result.zipMs / 1000,
      unzip: 'ok',
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function uploadBatch(photographer: Visitor, eventId: string, count: number): Promise<void> {
  const photo: File[] = []
  for await (const file of paddedPhotos(count, FILE_BYTES)) photo.push(file)
  const { items } = await photographer.call(batchUpload, { form: { eventId, photo } })
  const refused = items.filter(item => item.outcome !== 'stored')
  if (refused.length > 0) throw new Error(`${refused.length} files were not stored: ${refused[0]?.code}`)
}

function report(figures: Record<string, number | string>): void {
  if (values.json) console.log(JSON.stringify(figures))
  else console.table(figures)
}

await main()
