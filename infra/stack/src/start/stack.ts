import { TYPESCRIPT } from '@pix/platform/typescript.ts'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { FACE_CACHE, readyFaceWeights } from '../parts/face-weights.ts'
import { buildWeb } from './build-web.ts'
import { startObjects } from '../parts/objects.ts'
import { ROOT } from '../base/paths.ts'
import type { Folders } from '../base/paths.ts'
import { needPort } from '../base/ports.ts'
import { API_ENVIRONMENT, keepSettings, WORKER_ENVIRONMENT } from '../parts/kept-settings.ts'
import { startPostgres } from '../parts/postgres.ts'
import { prepareDatabase } from '../parts/prepare-database.ts'
import type { DatabaseUrls } from '../parts/prepare-database.ts'
import { untilReady } from '../base/processes.ts'
import type { Processes, Running } from '../base/processes.ts'
import { startRedis } from '../parts/redis.ts'
import { Obstacle, say } from '../base/say.ts'
import { loadSecrets } from '../base/secrets.ts'
import type { Secrets } from '../base/secrets.ts'
import { serviceEnvironments } from './service-environment.ts'
import { PORTS } from '../base/settings.ts'
import type { Ports } from '../base/settings.ts'
import { keepToParts, takeParts } from '../parts/take-parts.ts'
import { serveMailDesk } from './mail-desk.ts'
import { serveWeb } from './web-server.ts'

export interface StackOptions {
  folders: Folders
  /** The caller can stop the stack while it is still starting. */
  processes: Processes
  ports: Ports
  /** Install a missing system package without asking. */
  unattended: boolean
  /** For tests: data that need not survive. */
  temporaryData: boolean
  /** Settings of the services besides those of the environment. */
  settings?: Record<string, string>
  /** A part ended that should not have. */
  onEnd: (reason: string) => void
}

/** The whole shop on this machine. */
export interface Stack {
  /** What a browser opens. */
  url: string
  /** The services by themselves, behind the web: for benches that name client addresses as the edge does. */
  apiUrl: string
  metricsUrls: { api: string; clerk: string; worker: string }
  redisUrl: string
  paynoiUrl: string
  /** Where the letters of `mailDir` are looked at. */
  mailDeskUrl: string
  database: DatabaseUrls
  mailDir: string
  /** Pictures in here are served under `/demo/`. */
  demoFolder: string
  /** Kills a service and starts it again; resolves once it answers. */
  crash(service: Service): Promise<void>
  stop(): Promise<void>
}

/** Finds or starts every part, applies migrations, starts the services and the web, each once the one before answers. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { folders, processes, ports } = options
  await processes.stopLeftOvers()
  try {
    const secrets = loadSecrets(folders.data)
    const publicOrigin = process.env.PIX_PUBLIC_ORIGIN ?? `http://localhost:${ports.web}`
    const stores = await startStores(options, secrets, publicOrigin)
    say('PostgreSQL, Redis and objects are ready; applying migrations')
    const database = await prepareDatabase(stores.adminUrl, secrets)

    const mailDir = join(folders.data, 'mail')
    mkdirSync(mailDir, { recursive: true })
    await readyFaceWeights()
    const dist = await buildWeb()
    const environments = serviceEnvironments({
      ports,
      databaseUrl: database.app,
      redisUrl: stores.redisUrl,
      storage: stores.storage,
      publicOrigin,
      mailDir,
      bankBooks: join(folders.data, 'paynoi/charges.jsonl'),
      faceCache: FACE_CACHE,
      webIndex: join(dist, 'index.html'),
      secrets,
    })
    keepSettings(folders.data, WORKER_ENVIRONMENT, environments['face-worker'])
    keepSettings(folders.data, API_ENVIRONMENT, environments.api)
    const { crash } = await startServices(options, environments)
    const pages = await servePages(options, { publicOrigin, dist, mailDir, s3: stores.storage.STORAGE_ENDPOINT })
    return {
      url: publicOrigin,
      ...addressesOf(ports),
      redisUrl: stores.redisUrl,
      mailDeskUrl: pages.mailDeskUrl,
      database,
      mailDir,
      demoFolder: pages.demoFolder,
      crash,
      stop: async () => {
        await pages.stop()
        await processes.stopAll()
      },
    }
  } catch (error) {
    await processes.stopAll()
    throw error
  }
}

/** The services by themselves. */
const addressesOf = (ports: Ports): Pick<Stack, 'apiUrl' | 'metricsUrls' | 'paynoiUrl'> => ({
  apiUrl: `http://127.0.0.1:${ports.api}`,
  metricsUrls: {
    api: `http://127.0.0.1:${ports.apiMetrics}`,
    clerk: `http://127.0.0.1:${ports.clerkMetrics}`,
    worker: `http://127.0.0.1:${ports.workerMetrics}`,
  },
  paynoiUrl: `http://127.0.0.1:${ports.paynoi}`,
})

/** PostgreSQL, Redis and objects, once every port that the shop needs is free. */
async function startStores(
  { folders, processes, ports, unattended, temporaryData, onEnd }: StackOptions,
  secrets: Secrets,
  publicOrigin: string,
) {
  const parts = await takeParts(process.env, unattended)
  keepToParts(folders.data, parts)
  for (const name of Object.keys(PORTS) as (keyof Ports)[]) {
    const given = (name === 'postgres' || name === 'redis' || name === 'objects') && parts[name].kind === 'address'
    // The mail desk takes another port by itself.
    if (!given && name !== 'mailDesk') await needPort(ports[name], PORTS[name].use, PORTS[name].setting)
  }
  const options = { data: folders.data, temporaryData, onEnd, folders, secrets, publicOrigin }
  const adminUrl = await startPostgres(processes, parts.postgres, {
    ...options,
    port: ports.postgres,
    password: secrets.postgresPassword,
  })
  const redisUrl = await startRedis(processes, parts.redis, {
    ...options,
    port: ports.redis,
    password: secrets.redisPassword,
  })
  const storage = await startObjects(processes, parts.objects, { ...options, port: ports.objects })
  return { adminUrl, redisUrl, storage }
}

interface ServedPages {
  publicOrigin: string
  /** The web as it was built. */
  dist: string
  mailDir: string
  /** Where the objects answer; none when they are a folder. */
  s3: string | undefined
}

/** What browsers open: the shop, and the desk where its letters are looked at. */
async function servePages({ folders, ports }: StackOptions, { publicOrigin, dist, mailDir, s3 }: ServedPages) {
  const demoFolder = join(folders.data, 'demo')
  const stopWeb = await serveWeb({
    host: process.env.PIX_HOST ?? 'localhost',
    port: ports.web,
    api: `http://127.0.0.1:${ports.api}`,
    s3,
    dist,
    demo: demoFolder,
    https: publicOrigin.startsWith('https:'),
  })
  const mailDesk = await serveMailDesk({ folder: mailDir, port: ports.mailDesk })
  return {
    demoFolder,
    mailDeskUrl: mailDesk.url,
    stop: async () => {
      await mailDesk.close()
      await stopWeb()
    },
  }
}

type Service = keyof ReturnType<typeof serviceEnvironments>

async function startServices(
  { processes, ports, settings, onEnd }: StackOptions,
  environments: ReturnType<typeof serviceEnvironments>,
): Promise<{ crash(name: Service): Promise<void> }> {
  const answering: Record<Service, string> = {
    'paynoi-sim': `http://127.0.0.1:${ports.paynoi}/healthz`,
    api: `http://127.0.0.1:${ports.api}/api/readyz`,
    clerk: `http://127.0.0.1:${ports.clerkMetrics}/metrics`,
    'face-worker': `http://127.0.0.1:${ports.workerMetrics}/metrics`,
  }
  const names = Object.keys(answering) as Service[]
  say(`starting ${names.join(', ')}`)
  const start = (name: Service): Running => {
    const main = join(ROOT, `services/${name}/src/main.ts`)
    if (!existsSync(main)) throw new Obstacle(`${main} is missing: this checkout is not whole.`)
    return processes.start(
      {
        name,
        command: process.execPath,
        args: [...TYPESCRIPT, main],
        cwd: ROOT,
        env: { ...process.env, ...settings, ...environments[name] },
      },
      onEnd,
    )
  }
  const ready = (name: Service, running: Running) => untilReady(running, () => answers(answering[name]), 120_000)
  const running = new Map(names.map(name => [name, start(name)]))
  for (const [name, started] of running) await ready(name, started)
  return {
    crash: async name => {
      await running.get(name)!.crash()
      running.set(name, start(name))
      await ready(name, running.get(name)!)
    },
  }
}

async function answers(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url} answers ${response.status}`)
}
