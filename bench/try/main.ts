import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EventRevenue, eventRevenue } from '@pix/contracts/revenue.ts'
import { assembleReport, foundIn, succeeded } from './assemble-report.ts'
import { nameOf, readArguments, type TryArguments } from './arguments.ts'
import { buy, hashZip, type Purchase } from './buy.ts'
import { findWithSelfie, type SelfieAnswer } from './find.ts'
import { openEvent, putOnSale, uploadAll, waitProcessed } from './publish.ts'
import { printReport } from './report.ts'
import { createVisitor, type Visitor } from './visitor.ts'

const CHECK_LIMIT_MS = 300_000

/** Drives the whole main job over HTTP with any folder of photos. Prints to stderr while it works, the report to stdout. */
async function main(): Promise<void> {
  const args = readArguments(process.argv.slice(2))
  await waitReady(args.baseUrl)
  const admin = createVisitor(args.baseUrl)
  const photographer = createVisitor(args.baseUrl)
  await admin.signIn(args.admin.email, args.admin.password)
  await photographer.signIn(args.photographer.email, args.photographer.password)

  const eventId =
    args.event ??
    (await openEvent(admin, args.photographer.email === args.admin.email ? null : args.photographer.email)).id
  const uploadStart = performance.now()
  if (!args.event) say(`uploading ${args.photos.length} photos`)
  const outcomes = args.event ? [] : await uploadAll(photographer, eventId, args.photos)
  const uploadSeconds = since(uploadStart)
  const photos = await waitProcessed(admin, eventId, left => say(`processing, ${left} left`))
  const processSeconds = since(uploadStart)
  if (!args.event) await putOnSale(admin, eventId)

  const found = await searchAndBuy(args, admin, eventId)
  const measured = { truth: args.truth, event: eventId, outcomes, photos, uploadSeconds, processSeconds }
  const report = assembleReport({ ...measured, ...found })
  process.stdout.write(args.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report))
  process.exitCode = succeeded(report) ? 0 : 1
}

type Answered = { visitor: Visitor; answer: SelfieAnswer }

/** What was found counts also when a later step breaks off: the report then says which, and why. */
async function searchAndBuy(args: TryArguments, admin: Visitor, eventId: string) {
  const answered: Answered[] = []
  let purchase: Awaited<ReturnType<typeof buyBest>> = null
  let revenue: EventRevenue | null = null
  let failure: string | null = null
  try {
    await searchAll(args, eventId, answered)
    const before = await admin.call(eventRevenue, { params: { id: eventId }, query: {} })
    purchase = await buyBest(args, answered)
    revenue = added(before, await checkedRevenue(admin, eventId, before.ledger?.postings ?? 0))
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error)
  }
  return { answers: answered.map(({ answer }) => answer), purchase, revenue, failure }
}

/** What this purchase brought: photos of the event may have been sold before. */
function added({ split }: EventRevenue, after: EventRevenue): EventRevenue {
  const more = (whose: 'platform' | 'photographer' | 'organizer') => ({
    ...after.split[whose],
    amount: after.split[whose].amount - split[whose].amount,
  })
  return {
    ...after,
    split: {
      ...after.split,
      platform: more('platform'),
      photographer: more('photographer'),
      organizer: more('organizer'),
    },
  }
}

/** An event's revenue once the ledger's check has seen more postings: it follows a sale within some seconds. */
async function checkedRevenue(admin: Visitor, eventId: string, postings: number): Promise<EventRevenue> {
  const deadline = performance.now() + CHECK_LIMIT_MS
  for (;;) {
    const revenue = await admin.call(eventRevenue, { params: { id: eventId }, query: {} })
    if ((revenue.ledger?.postings ?? 0) > postings) return revenue
    if (performance.now() > deadline) throw new Error('the ledger was not checked after the purchase')
    await sleep(1_000)
  }
}

/** Every selfie is another customer with a session of their own, as in life; one after the other. */
async function searchAll(args: TryArguments, eventId: string, answers: Answered[]): Promise<void> {
  for (const selfie of args.selfies) {
    const visitor = createVisitor(args.baseUrl)
    answers.push({ visitor, answer: await findWithSelfie(visitor, eventId, selfie) })
    say(`searching, ${args.selfies.length - answers.length} left`)
  }
}

/** The customer with the most photos buys them; the ZIP is compared with the files that were uploaded. */
async function buyBest(args: TryArguments, answers: Answered[]): Promise<(Purchase & { identical: boolean }) | null> {
  const best = answers.toSorted((a, b) => foundIn(b.answer).length - foundIn(a.answer).length)[0]
  const photoIds = best ? foundIn(best.answer).map(match => match.photo.id) : []
  if (!best || photoIds.length === 0) return null
  say(`buying ${photoIds.length} photos`)
  const folder = mkdtempSync(join(tmpdir(), 'thepixstock-try-'))
  try {
    const zip = join(folder, 'photos.zip')
    const purchase = await buy(best.visitor, photoIds, args.simUrl, zip)
    const uploaded = new Map(args.photos.map(file => [sha256(file), nameOf(file)]))
    const received = [...(await hashZip(zip)).values()]
    return { ...purchase, identical: received.length === photoIds.length && received.every(hash => uploaded.has(hash)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
const since = (start: number) => (performance.now() - start) / 1000
const say = (text: string) => process.stderr.write(`${text}\n`)

async function waitReady(baseUrl: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(`${baseUrl}/api/readyz`).then(
      response => response.ok,
      () => false,
    )
    if (ready) return
    if (tries === 120) throw new Error(`${baseUrl} is not ready after two minutes; is \`npm start\` running?`)
    await sleep(1_000)
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
