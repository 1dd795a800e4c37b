import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { listCrewPhotos } from '@pix/contracts/photos.ts'
import { writeDemoSelfies } from '@pix/stack/start/demo-photos.ts'
import { samplePhotos } from './large-photos.ts'
import { findWithSelfie } from './try/find.ts'
import { quantile } from './quantile.ts'
import { openEvent, putOnSale, uploadAll, waitProcessed } from './try/publish.ts'
import { createVisitor, DEMO, type Visitor } from './try/visitor.ts'
import { workerFigures } from './worker-figures.ts'

const { values } = parseArgs({
  options: {
    'base-url': { type: 'string', default: 'http://localhost:8080' },
    'worker-metrics-url': { type: 'string', default: 'http://localhost:9082' },
    /** 24-megapixel photos through the worker. */
    photos: { type: 'string', default: '500' },
    /** The memory at this many photos is compared with the memory at the end. */
    warm: { type: 'string', default: '500' },
    /** Searches while the worker has nothing else to do. */
    searches: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
  },
})
const SEARCH_EVERY_MS = 1_000
const count = Number(values.photos)
const metricsUrl = values['worker-metrics-url']

/** Photos an hour through the worker, what one costs, whether memory stays flat, and what it does to searches. */
async function main(): Promise<void> {
  const admin = createVisitor(values['base-url'])
  const photographer = createVisitor(values['base-url'])
  await Promise.all([admin.signIn(DEMO.admin), photographer.signIn(DEMO.photographer)])
  const folder = mkdtempSync(join(tmpdir(), 'thepixstock-photos-'))
  try {
    const search = await openSearch(admin, photographer, folder)
    await search() // loads the index
    const idle: number[] = []
    for (let n = 0; n < Number(values.searches); n++) idle.push(await search())
    const batch = await runBatch(admin, await openPhotographer(), search)
    report({
      machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
      photos: count,
      ...batch.figures,
      searchIdleP50Ms: quantile(idle, 0.5),
      searchIdleP95Ms: quantile(idle, 0.95),
      searchBusyP50Ms: quantile(batch.searches, 0.5),
      searchBusyP95Ms: quantile(batch.searches, 0.95),
      searchRatioP95: quantile(batch.searches, 0.95) / quantile(idle, 0.95),
      searches: idle.length + batch.searches.length,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A small event on sale and somebody who is in it; each call is another customer's search, in milliseconds. */
async function openSearch(admin: Visitor, photographer: Visitor, folder: string): Promise<() => Promise<number>> {
  const event = await openEvent(admin)
  await uploadAll(photographer, event.id, samplePhotos)
  await waitProcessed(admin, event.id, () => undefined)
  await putOnSale(admin, event.id)
  const [selfie] = await writeDemoSelfies(folder)
  return async () => {
    const { code, milliseconds } = await findWithSelfie(
      createVisitor(values['base-url']),
      event.id,
      join(folder, selfie!),
    )
    if (code !== 'ok') throw new Error(`a search was answered ${code}`)
    return milliseconds
  }
}

async function runBatch(admin: Visitor, upload: (eventId: string) => Promise<void>, search: () => Promise<number>) {
  const event = await openEvent(admin)
  const before = await workerFigures(metricsUrl)
  const started = performance.now()
  const uploading = upload(event.id)
  const searches: number[] = []
  let warmBytes = 0
  let peakBytes = 0
  for (let done = 0; done < count;) {
    searches.push(await search())
    await sleep(SEARCH_EVERY_MS)
    const { counts } = await admin.call(listCrewPhotos, { params: { id: event.id }, query: { limit: 1 } })
    done = counts.processed + counts.failed
    if (counts.failed > 0) throw new Error(`${counts.failed} photos could not be processed`)
    const { photoBytes } = await workerFigures(metricsUrl)
    peakBytes = Math.max(peakBytes, photoBytes)
    if (done <= Math.min(Number(values.warm), count / 2)) warmBytes = Math.max(warmBytes, photoBytes)
    process.stderr.write(`\r${done} of ${count} processed, ${Math.round(photoBytes / 1e6)} MB  `)
  }
  await uploading
  const hours = (performance.now() - started) / 3_600_000
  const after = await workerFigures(metricsUrl)
  const cpuMsPerPhoto = (1_000 * (after.cpuSeconds - before.cpuSeconds)) / count
  const figures = {
    photosPerHour: count / hours,
    cpuMsPerPhoto,
    photosPerHourAndCore: 3_600_000 / cpuMsPerPhoto,
    ...Object.fromEntries(Object.entries(after.steps).map(([step, ms]) => [`${step}Ms`, ms])),
    memoryWarmMb: warmBytes / 1e6,
    memoryEndMb: after.photoBytes / 1e6,
    memoryPeakMb: peakBytes / 1e6,
    memoryEndToWarm: after.photoBytes / warmBytes,
  }
  return { figures, searches }
}

/** The photographer's machine: a process of its own, so that its work does not delay the clock of those who search. */
async function openPhotographer(): Promise<(eventId: string) => Promise<void>> {
  const script = fileURLToPath(new URL('upload-large.ts', import.meta.url))
  const child = fork(script, [values['base-url'], String(count)])
  const answered = async () => {
    const [message] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown]
    if (typeof message !== 'string') throw new Error('the photographer could not upload')
  }
  await answered()
  return async eventId => {
    child.send(eventId)
    await answered()
  }
}

function report(figures: Record<string, number | string>): void {
  const rounded = Object.entries(figures).map(([name, value]) => [
    name,
    typeof value === 'number' ? Math.round(value * 100) / 100 : value,
  ])
  process.stderr.write('\n')
  if (values.json) console.log(JSON.stringify(Object.fromEntries(rounded)))
  else console.table(Object.fromEntries(rounded))
}

await main()
