import { createClient } from '@pix/contracts/client.ts'
import { login } from '@pix/contracts/auth.ts'
import { countVisit } from '@pix/contracts/event-visits.ts'
import { listEvents } from '@pix/contracts/events.ts'
import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { missingPrograms, startWatching, type Watch } from './exporters.ts'
import { faultsOf, type Target } from './panel-faults.ts'
import { makePhotos, makeSelfie } from './sample-photos.ts'
import { emailOf, shop } from './shop.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DASHBOARDS = join(ROOT, 'monitoring/dashboards')
const missing = process.env.CI ? [] : missingPrograms()
const lacking = missing.length === 0 ? '' : ` [skipped: Debian's packages of ${missing.join(', ')} are not installed]`

interface Panel {
  title: string
  targets?: Target[]
}

/** Every expression of a committed dashboard. */
async function targetsOf(file: string): Promise<(Target & { panel: string })[]> {
  const { panels } = JSON.parse(await readFile(join(DASHBOARDS, file), 'utf8')) as { panels: Panel[] }
  return panels.flatMap(({ title, targets = [] }) => targets.map(target => ({ ...target, panel: title })))
}

let watch: Watch | undefined

describe.skipIf(lacking)(`the dashboards, asked of a real Prometheus that watches the shop${lacking}`, async () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'thepixstock-dashboards-'))
    await mkdir(join(folder, 'watch'))
    watch = await startWatching(join(folder, 'watch'), join(ROOT, 'monitoring'))
    await vi.waitUntil(async () => (await targetsThatAnswer(watch!.url)) === 8, { timeout: 60_000, interval: 500 })
    await doBusiness()
  })
  afterAll(async () => {
    await watch?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  // The dashboard of logs asks Loki and Alloy, which are not at hand here.
  const ofShop = (await readdir(DASHBOARDS)).filter(file => file !== 'logs.json')
  test.each(ofShop)('every expression of %s names what is measured, and has a value', async file => {
    const targets = await targetsOf(file)
    expect(targets.length).toBeGreaterThan(10)
    const faults = async () =>
      (
        await Promise.all(
          targets.map(async target =>
            (await faultsOf(watch!.url, target)).map(fault => `${target.panel}: ${fault}: ${target.expr}`),
          ),
        )
      ).flat()
    // What was done a moment ago is seen by the next scrape, or by the next round of a sweep.
    await expect.poll(faults).toEqual([])
  })

  test('an expression is refused whose metric nobody emits, whose label none has, or that has no value', async () => {
    expect(await faultsIn('sum(rate(pix_jobs_total[5m]))')).toEqual([])
    expect(await faultsIn('sum(rate(pix_jobs_total[5m])) / sum(rate(pix_joobs_total[5m]))')).toEqual([
      'no program or exporter emits pix_joobs_total',
    ])
    expect(await faultsIn('sum(rate(pix_jobs_total{result="processed"}[5m]))')).toEqual([
      'pix_jobs_total has no label result',
    ])
    expect(await faultsIn('sum(rate(pix_jobs_total{outcome="perfect"}[5m]))')).toEqual(['has no value'])
    expect(await faultsIn('sum by (queue) (rate(pix_jobs_total[5m]))', '{{outcome}}')).toEqual(['has no label outcome'])
    await expect(faultsIn('sum(rate(pix_jobs_total[5m])')).rejects.toThrow('not PromQL')
  })
})

const faultsIn = (expr: string, legendFormat = '') => faultsOf(watch!.url, { expr, legendFormat })

/** The main job, a visit and a wrong password: what the panels show has then happened at least once. */
async function doBusiness(): Promise<void> {
  const client = createClient({ baseUrl: `${shop.url}/api` })
  await client.call(login, { body: { email: emailOf('admin'), password: 'not the password' } }).catch(() => undefined)
  const { items } = await client.call(listEvents, { query: {} })
  await client.call(countVisit, { params: { id: items[0]!.id } })
  const photos = dirname((await makePhotos())[0]!.path)
  const addresses = ['--base-url', shop.url, '--sim-url', shop.paynoiUrl]
  const main = ['bench/try/main.ts', photos, '--selfies', await makeSelfie('large'), ...addresses, '--json']
  await promisify(execFile)(process.execPath, [...TYPESCRIPT, ...main], { cwd: ROOT })
}

async function targetsThatAnswer(prometheus: string): Promise<number> {
  const answer = await fetch(`${prometheus}/api/v1/query?query=sum(up)`).catch(() => null)
  if (!answer?.ok) return 0 // it has only begun
  const { data } = (await answer.json()) as { data?: { result: { value: [number, string] }[] } }
  return Number(data?.result[0]?.value[1] ?? 0)
}
