import { connect } from '@pix/db/client.ts'
import { answerQueue } from '@pix/jobs/answer-queue.ts'
import { drawDocument as drawDocumentJob } from '@pix/jobs/documents.ts'
import { createEnqueue } from '@pix/jobs/job.ts'
import { sendMail as sendMailJob } from '@pix/jobs/mail.ts'
import { buildArchive as buildArchiveJob } from '@pix/jobs/orders.ts'
import { drawStatement as drawStatementJob } from '@pix/jobs/statements.ts'
import { measured } from '@pix/platform/job-metrics.ts'
import type { Log } from '@pix/platform/log.ts'
import { openSurroundings } from '@pix/platform/open-surroundings.ts'
import { repeat, type Repeated } from '@pix/platform/repeat.ts'
import { storefrontOrigin } from '@pix/platform/storefront-address.ts'
import { buildArchive } from './archives/build-archive.ts'
import { enqueueArchives, expireArchives } from './archives/sweep-archives.ts'
import { readBounces } from './bounces/read-bounces.ts'
import { drawDocument } from './documents/draw-document.ts'
import { enqueueDocuments } from './documents/sweep-documents.ts'
import { openMailer } from './letters/open-mailer.ts'
import { publishLetter } from './letters/publish-letter.ts'
import { sendMail } from './letters/send-mail.ts'
import { enqueueLetters } from './letters/sweep-letters.ts'
import type { Settings } from './settings.ts'
import { drawStatementFile } from './statements/draw-statement-file.ts'
import { enqueueStatements, expireStatements } from './statements/sweep-statements.ts'
import { watchQueues } from './watch-queues.ts'

/** ZIPs that are built at the same time. */
const ARCHIVES = 2
/** PDFs that are drawn at the same time: each takes this process for some tens of milliseconds. */
const DOCUMENTS = 1
/** Statements that are drawn at the same time: a long one takes some seconds. */
const STATEMENTS = 1
/** Letters that are sent at the same time. */
const LETTERS = 2
const SECOND = 1_000
const MINUTE = 60 * SECOND

const now = () => new Date()

/**
 * Everything but the process around it: connections, queues and sweeps. The returned function is the orderly stop: a ZIP
 * that is being built is given back, a letter that is being sent is sent.
 *
 * @throws Error when a part cannot be reached
 */
export async function startClerk(settings: Settings, log: Log): Promise<() => Promise<void>> {
  const place = await openPlace(settings, log)
  const stopping = new AbortController()
  const workers = answerQueues(place, settings, stopping.signal)
  const sweeps = startSweeps(place, settings)
  return async () => {
    stopping.abort(new Error('the clerk stops'))
    await Promise.all(sweeps.map(sweep => sweep.stop()))
    await Promise.all(workers.map(worker => worker.close()))
    await place.close()
  }
}

type Place = Awaited<ReturnType<typeof openPlace>>

async function openPlace(settings: Settings, log: Log) {
  const db = connect(settings.DATABASE_URL, { applicationName: 'thepixstock-clerk', connectMs: 30_000 })
  const surroundings = await openSurroundings(settings, 'clerk', log)
  const { queueRedis, warn } = surroundings
  const enqueue = createEnqueue(queueRedis, warn, [buildArchiveJob, drawDocumentJob, drawStatementJob, sendMailJob])
  const mailer = openMailer(settings)
  const close = async () => {
    mailer.close()
    await enqueue.close()
    surroundings.close()
    await db.$client.end()
  }
  return { ...surroundings, db, enqueue, mailer, log, now, close }
}

function answerQueues(
  { db, storage, live, mailer, workRedis, failures, log }: Place,
  settings: Settings,
  stopping: AbortSignal,
) {
  const queue = { connection: workRedis, log, failures }
  const keys = settings.COLUMN_KEYS
  const archives = { db, storage, now, announce: (orderId: string) => live.publish(`archive:${orderId}`) }
  const originOf = (storefront: string | null) =>
    storefront === null ? settings.PUBLIC_ORIGIN : storefrontOrigin(settings, storefront)
  const mail = { db, now, log, mailer, originOf }
  return [
    answerQueue(buildArchiveJob, { ...queue, concurrency: ARCHIVES }, ({ archiveId }) =>
      measured(buildArchiveJob.queue, () => buildArchive(archives, archiveId, stopping)),
    ),
    answerQueue(drawDocumentJob, { ...queue, concurrency: DOCUMENTS }, ({ documentId }) =>
      measured(drawDocumentJob.queue, () => drawDocument({ db, storage, keys, now }, documentId)),
    ),
    answerQueue(drawStatementJob, { ...queue, concurrency: STATEMENTS }, ({ statementId }) =>
      measured(drawStatementJob.queue, () => drawStatementFile({ db, storage, now }, statementId, stopping)),
    ),
    answerQueue(sendMailJob, { ...queue, concurrency: LETTERS }, ({ mailId }) =>
      measured(sendMailJob.queue, async () => {
        const ended = await sendMail(mail, mailId)
        await publishLetter({ db, live }, mailId)
        return ended
      }),
    ),
  ]
}

/** Every clerk runs all sweeps; it is safe to run one twice. */
function startSweeps(place: Place, settings: Settings): Repeated[] {
  const url = settings.BOUNCE_IMAP_URL
  const every = (pauseMs: number, sweep: string, run: () => Promise<unknown>) => repeat(place.log, sweep, pauseMs, run)
  return [
    every(5 * SECOND, 'archives', () => enqueueArchives(place)),
    every(5 * SECOND, 'documents', () => enqueueDocuments(place)),
    every(5 * SECOND, 'statements', () => enqueueStatements(place)),
    every(5 * SECOND, 'letters', () => enqueueLetters(place)),
    every(MINUTE, 'expire_archives', () => expireArchives(place)),
    every(10 * MINUTE, 'expire_statements', () => expireStatements(place)),
    every(10 * SECOND, 'queue_metrics', () => watchQueues(place)),
    ...(url === undefined
      ? []
      : [every(MINUTE, 'bounces', () => readBounces(place, { BOUNCE_IMAP_URL: url, MODE: settings.MODE }))]),
  ]
}
