import { Redis } from 'ioredis'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dockerRun } from './docker.ts'
import { untilReady } from '../base/processes.ts'
import type { Processes } from '../base/processes.ts'
import type { RedisChoice } from './take-parts.ts'

interface Options {
  data: string
  port: number
  password: string
  /** For tests: nothing is written to disk, and every test takes a numbered database of its own. */
  temporaryData: boolean
  onEnd: (reason: string) => void
}

export async function startRedis(processes: Processes, choice: RedisChoice, options: Options): Promise<string> {
  if (choice.kind === 'address') return choice.url
  const { port, password, onEnd } = options
  const url = choice.kind === 'docker' ? `redis://127.0.0.1:${port}` : `redis://:${password}@127.0.0.1:${port}`
  const running = processes.start(
    choice.kind === 'docker'
      ? dockerRun('redis', port, {})
      : { name: 'redis', command: choice.program, args: [writeConfig(options)] },
    onEnd,
  )
  await untilReady(running, () => ping(url))
  return url
}

/** A file, so that the password is not in the process list. BullMQ needs `noeviction`. */
function writeConfig({ data, port, password, temporaryData }: Options): string {
  const folder = join(data, 'redis')
  mkdirSync(folder, { recursive: true })
  const file = join(data, 'redis.conf')
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir "${folder}"`,
    `requirepass ${password}`,
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${temporaryData ? 'no' : 'yes'}`,
    `databases ${temporaryData ? 10_000 : 16}`,
  ]
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return file
}

async function ping(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    await redis.ping()
  } finally {
    redis.disconnect()
  }
}
