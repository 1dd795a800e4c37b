import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startPrivateStack } from '@pix/stack/start/private-stack.ts'
import { seedDemo } from '@pix/stack/start/seed-demo.ts'
import { headsOnStreams, slowConnections } from './connections.ts'
import { oddEmbeddings } from './embeddings.ts'
import { type Attack, type Figures, type Ground, takeGround } from './ground.ts'
import { oddRequests } from './odd-requests.ts'
import { frozenRedis, lockedOut, readsWithoutCookies } from './requests.ts'
import { type Felt, feltDuring } from './second-visitor.ts'
import { deflatedText, refusedUploads, selfieBombs } from './uploads.ts'

/** Mild ones first: an attack that works must not spoil the figures of those after it. */
const ATTACKS: readonly Attack[] = [
  {
    name: 'nobody',
    what: 'nothing, for 15 s: what the figures of the others are compared with',
    run: async () => {
      await sleep(15_000)
      return {}
    },
  },
  oddRequests,
  oddEmbeddings,
  readsWithoutCookies,
  refusedUploads,
  deflatedText,
  frozenRedis,
  slowConnections,
  headsOnStreams,
  selfieBombs,
  lockedOut,
]

const { values } = parseArgs({
  options: {
    /** Names of attacks, comma-separated. */
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

/** The pause between two attacks, in which the work of the first ends. */
const SETTLE_MS = 5_000

interface Row {
  name: string
  what: string
  figures: Figures
  felt: Felt
}

/**
 * Attacks a shop of its own on this machine, with the default limits, and measures the requests of a second visitor
 * meanwhile.
 */
async function main(): Promise<void> {
  const wanted = values.only?.split(',').map(name => name.trim())
  const attacks = ATTACKS.filter(({ name }) => !wanted || wanted.includes(name))
  const { stack, forget } = await startPrivateStack(true)
  process.on('SIGINT', () => void forget().then(() => process.exit(130)))
  const rows: Row[] = []
  try {
    await seedDemo(stack)
    const ground = await takeGround(stack)
    for (const attack of attacks) rows.push(await stage(ground, attack))
  } finally {
    await forget()
  }
  console.log(values.json ? JSON.stringify(rows, null, 2) : asTable(rows))
}

async function stage(ground: Ground, { name, what, run }: Attack): Promise<Row> {
  process.stderr.write(`attack: ${name}: ${what}\n`)
  const { result, felt } = await feltDuring(ground, () =>
    run(ground).catch((error: unknown): Figures => ({ broke: error instanceof Error ? error.message : String(error) })),
  )
  const row = { name, what, figures: result, felt }
  process.stderr.write(`${JSON.stringify(row)}\n`)
  await sleep(SETTLE_MS)
  return row
}

const round = (value: number | string) => (typeof value === 'number' ? String(Math.round(value * 10) / 10) : value)

function asTable(rows: readonly Row[]): string {
  const head = [
    'attack',
    'figures',
    'page p95',
    'pages failed',
    'search p95',
    'searches failed',
    'api',
    'search memory',
  ]
  const lines = rows.map(({ name, figures, felt }) => [
    name,
    Object.entries(figures)
      .map(([key, value]) => `${key} ${round(value)}`)
      .join('; ') || '–',
    `${round(felt.pageP95Ms)} ms`,
    round(felt.pagesFailed),
    `${round(felt.searchP95Ms)} ms`,
    round(felt.searchesFailed),
    `${Math.round(felt.apiMb)} MB`,
    `${Math.round(felt.searchMb)} MB`,
  ])
  return [head, head.map(() => '---'), ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

await main()
