import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { load, type LoadResult } from './load.ts'

const { values } = parseArgs({
  options: {
    'api-url': { type: 'string', default: 'http://localhost:8081' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '16' },
    /** Requests a second of the steady run. */
    rate: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
})
const shape = { connections: Number(values.connections), seconds: Number(values.seconds) }

/** The event list of a running api beside a bare Fastify route of the same size, one after the other, and at a steady rate. */
async function main(): Promise<void> {
  const list = `${values['api-url']}/api/events`
  const bytes = (await (await fetch(list)).arrayBuffer()).byteLength
  const yardstick = spawn(
    process.execPath,
    [...TYPESCRIPT, fileURLToPath(new URL('bare-fastify.ts', import.meta.url)), String(bytes)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  try {
    const [bareUrl] = (await once(createInterface(yardstick.stdout), 'line')) as [string]
    await load(list, { ...shape, seconds: 3 })
    await load(bareUrl, { ...shape, seconds: 3 })
    const bare = await load(bareUrl, shape)
    const events = await load(list, shape)
    const steady = await load(list, { ...shape, rate: Number(values.rate) })
    print(bytes, { bare, events, steady })
  } finally {
    yardstick.kill()
  }
}

const row = (name: string, result: LoadResult) => ({
  route: name,
  'requests/s': Math.round(result.requestsPerSecond),
  'p50 ms': Number(result.p50Ms.toFixed(1)),
  'p95 ms': Number(result.p95Ms.toFixed(1)),
  failed: result.failed,
})

function print(bytes: number, { bare, events, steady }: Record<'bare' | 'events' | 'steady', LoadResult>): void {
  const ratio = events.requestsPerSecond / bare.requestsPerSecond
  if (values.json) {
    console.log(JSON.stringify({ bytes, ...shape, bare, events, steady, ratio }))
    return
  }
  console.log(`${shape.connections} connections, ${shape.seconds} s each, ${bytes} bytes an answer`)
  console.table([
    row('bare Fastify route', bare),
    row('GET /api/events', events),
    row(`GET /api/events, ${values.rate}/s asked`, steady),
  ])
  console.log(`ratio ${ratio.toFixed(2)} of the bare route`)
}

await main()
