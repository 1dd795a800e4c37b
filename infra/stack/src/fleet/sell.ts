import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { on } from './machines.ts'
import { BANK_PORT, HERE, ORIGIN, RUN } from './places.ts'
import { asClient } from './strangers.ts'

const OWNER = { name: 'Fleet Owner', email: 'owner@shop.fleet.test', password: 'brass kettle over moss' }
const LINK_MS = 60_000

/** Makes the installation's admin by the link that the api prints at its start. */
export async function makeAdmin(): Promise<void> {
  const body = JSON.stringify({ ...OWNER, token: await setupToken() })
  const headers = ['-H', 'content-type: application/json', '-H', `origin: ${ORIGIN}`]
  const { code, printed } = await run('curl', [
    '-sS',
    ...headers,
    '-d',
    body,
    '-w',
    '%{http_code}',
    `${ORIGIN}/api/setup`,
  ])
  if (code !== 0 || !printed.endsWith('201')) throw new Error(`the admin was not made: ${printed}`)
}

async function setupToken(): Promise<string> {
  const deadline = Date.now() + LINK_MS
  for (;;) {
    const { stdout } = await on('vm1', "journalctl -u 'pix-api@*' -o cat | grep -o 'setup#.*' | tail -1", {
      reject: false,
    })
    if (stdout) return stdout.trim().slice('setup#'.length)
    if (Date.now() > deadline) throw new Error('the api printed no setup link')
    await sleep(1_000)
  }
}

/**
 * A sale signs the same account in twice; it may five times a minute. A minute therefore holds the sign-ins of two sales, also
 * where those of the first came late under load.
 */
const BETWEEN_SALES_MS = 45_000
let nextSaleAt = 0

interface Sample {
  photos: string
  selfie: string
}

export interface Sale {
  /** The event's id, and the files of its photos. */
  event: string
  sample: Sample
  order: { number: string; photos: number; filesIdentical: boolean; ledgerBalanced: boolean } | null
  failure: string | null
  seconds: Record<string, number | null>
}

/**
 * The main job, from outside and by TLS: photos are uploaded, published, found with a selfie, paid for at the bank and
 * downloaded, byte for byte.
 *
 * @param rounds how often four photos are uploaded
 * @param again a sale of before, whose photos are found and bought once more: nothing is uploaded
 * @throws where any of it fails
 */
export async function sellPhotos({ rounds = 1, again }: { rounds?: number; again?: Sale } = {}): Promise<Sale> {
  await sleep(nextSaleAt - Date.now())
  nextSaleAt = Date.now() + BETWEEN_SALES_MS
  const sample = again?.sample ?? (await samplePhotos(rounds))
  const { photos, selfie } = sample
  const addresses = ['--base-url', ORIGIN, '--sim-url', `http://${HERE}:${BANK_PORT}`]
  const account = ['--account', OWNER.email, '--password', OWNER.password]
  const command = [...TYPESCRIPT, 'bench/try/main.ts', photos, '--selfies', selfie, ...addresses, ...account, '--json']
  if (again) command.push('--event', again.event)
  const { code, printed } = await run('node', command)
  if (code !== 0) throw new Error(`the main job failed: ${printed || 'see clients.log'}`)
  return { ...(JSON.parse(printed) as Sale), sample }
}

/** Photos that no event holds yet, and a selfie of somebody in two of them. */
async function samplePhotos(rounds: number): Promise<Sample> {
  const samples = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'demo')
  const photos = join(RUN, `photos-${Date.now()}`)
  mkdirSync(photos)
  for (const [at, number] of Array.from({ length: rounds }, () => [3, 3, 4, 5])
    .flat()
    .entries()) {
    const picture = sharp(join(samples, `sample${number}.jpg`)).modulate({ brightness: 1 + (at % 16) / 100 })
    await picture
      .withExif({ IFD0: { ImageDescription: `${photos} ${at}` } })
      .jpeg({ quality: 90 })
      .toFile(join(photos, `${at}.jpg`))
  }
  const selfie = `${photos}-selfie.jpg`
  await sharp(join(samples, 'sample3.jpg')).extract({ left: 917, top: 90, width: 560, height: 560 }).toFile(selfie)
  return { photos, selfie }
}

async function run(command: string, args: string[]): Promise<{ code: number; printed: string }> {
  const child = asClient(command, args, command === 'curl' ? { CURL_CA_BUNDLE: join(RUN, 'ca.pem') } : {})
  const [printed, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit') as Promise<[number | null]>])
  return { code: code ?? 1, printed }
}
