import { Uptime } from '@pix/contracts/uptime.ts'
import { linkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { play } from './ansible.ts'
import { askShop, startLoad, type LoadFigures } from './load.ts'
import { on } from './machines.ts'
import { sellPhotos } from './sell.ts'
import { CLIENTS, RELEASES, type Step } from './step.ts'

/** How long visitors send requests before and after a deploy, to compare it with. */
const CALM_MS = 5_000

/** So many that the upload and its reading last as long as a deploy. */
const UPLOAD_ROUNDS = 3

interface UnderLoad {
  load: LoadFigures
  sales: number
}

/**
 * Runs `work` under load: visitors send requests, one photographer uploads, and one sale follows another until it is done.
 *
 * @throws where a single request or sale failed
 */
async function underLoad(work: () => Promise<unknown>): Promise<UnderLoad> {
  const stop = startLoad(CLIENTS)
  await sleep(CALM_MS)
  let working = true
  const [done, sold] = await Promise.allSettled([work().finally(() => (working = false)), sellWhile(() => working)])
  await sleep(CALM_MS)
  const load = await stop()
  const faults = [done, sold].flatMap(outcome => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
  if (load.failed > 0)
    faults.push(`${load.failed} of ${load.sent} requests failed: ${load.reasons.slice(0, 5).join(', ')}`)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return { load, sales: sold.status === 'fulfilled' ? sold.value : 0 }
}

async function sellWhile(goesOn: () => boolean): Promise<number> {
  let sales = 0
  do {
    await sellPhotos({ rounds: UPLOAD_ROUNDS })
    sales += 1
  } while (goesOn())
  return sales
}

async function expectServing(release: string): Promise<void> {
  const { stdout } = await on('vm1', 'cat /opt/thepixstock/serving')
  if (stdout.trim() !== release) throw new Error(`${stdout} is in service, not ${release}`)
}

const outcomeOf = ({ load, sales }: UnderLoad) => ({
  note:
    `${load.sent} requests at ${load.perSecond} a second from ${CLIENTS.length} addresses, ${load.failed} failed, ` +
    `the slowest ${(load.slowestMs / 1_000).toFixed(1)} s; ${sales} uploads sold meanwhile`,
  figures: { failedRequests: load.failed, requestsPerSecond: load.perSecond },
})

/** The same commit under another name: the test is about the deploy and not about a change. */
function nameAnew(release: string, next: string): void {
  for (const kind of ['thepixstock', 'thepixstock-web'])
    linkSync(join(RELEASES, `${kind}-${release}.tar.zst`), join(RELEASES, `${kind}-${next}.tar.zst`))
}

/** The first minute is written down within two of a measurement, and the api asks Prometheus once in five. */
const MEASURED_MS = 420_000

/** The minutes of today that the status page gives for each part, read as a visitor reads them. */
async function untilMeasured(): Promise<string[]> {
  const deadline = Date.now() + MEASURED_MS
  for (;;) {
    const { status, body } = await askShop(CLIENTS[0]!, '/api/status/uptime')
    const uptime = status === '200' ? Uptime.parse(JSON.parse(body)) : { state: status }
    const parts = uptime.state === 'measured' && 'parts' in uptime ? uptime.parts : []
    const today = parts.map(({ part, days }) => ({ part, ...days.at(-1)! }))
    if (
      today.length > 0 &&
      today.every(({ measuredMinutes, workedMinutes }) => measuredMinutes > 0 && workedMinutes > 0)
    )
      return today.map(({ part, workedMinutes, measuredMinutes }) => `${part} ${workedMinutes} of ${measuredMinutes}`)
    if (Date.now() > deadline) throw new Error(`the status page says ${JSON.stringify(uptime).slice(0, 300)}`)
    await sleep(10_000)
  }
}

export const DEPLOY_STEPS: Step[] = [
  {
    name: 'a deploy under load',
    run: async memory => {
      const next = `${memory.release}-next-${Date.now()}`
      nameAnew(memory.release!, next)
      const said = outcomeOf(await underLoad(() => play('deploy.yml', { release_id: next })))
      await expectServing(next)
      return said
    },
  },
  {
    name: 'back to the release before, under load',
    run: async () => {
      const { stdout: before } = await on('vm1', 'cat /opt/thepixstock/previous')
      const { note, figures } = outcomeOf(await underLoad(() => play('rollback.yml')))
      await expectServing(before.trim())
      return { note, figures: { failedRequests: figures.failedRequests } }
    },
  },
  {
    name: 'the uptime of today, on the status page',
    run: async () => ({
      note: `minutes that each part worked and was measured: ${(await untilMeasured()).join(', ')}`,
    }),
  },
]
