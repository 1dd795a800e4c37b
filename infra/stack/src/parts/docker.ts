import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { ROOT } from '../base/paths.ts'
import type { ProcessOptions } from '../base/processes.ts'

/** The same images as in docker-compose.yml (a test compares them). */
export const IMAGES = {
  postgres: { image: 'postgres:17.5-bookworm', port: 5432, data: '/var/lib/postgresql/data', command: [] },
  redis: { image: 'redis:7.4.3-bookworm', port: 6379, data: '/data', command: ['redis-server', '--appendonly', 'yes'] },
  minio: { image: 'minio/minio:RELEASE.2025-09-07T16-13-09Z', port: 9000, data: '/data', command: ['server', '/data'] },
} as const

const checkout = createHash('sha256').update(ROOT).digest('hex').slice(0, 8)
const nameOf = (part: keyof typeof IMAGES, port: number) => `thepixstock-${checkout}-${part}-${port}`

/** A client on PATH is not enough: its engine must answer. */
export async function dockerAnswers(): Promise<boolean> {
  const { exitCode } = await execa('docker', ['info'], { reject: false, timeout: 5_000 })
  return exitCode === 0
}

/** A container in the foreground: it ends when we stop the client. Its data stay in a volume named after this checkout. */
export function dockerRun(
  part: keyof typeof IMAGES,
  port: number,
  env: Record<string, string>,
  extra: readonly string[] = [],
): ProcessOptions {
  const { image, port: inside, data, command } = IMAGES[part]
  const name = nameOf(part, port)
  const settings = Object.keys(env).flatMap(key => ['-e', key])
  const args = [
    'run',
    '--rm',
    '--name',
    name,
    '-p',
    `127.0.0.1:${port}:${inside}`,
    '-v',
    `${name}:${data}`,
    ...settings,
    image,
    ...command,
    ...extra,
  ]
  return { name: part, command: 'docker', args, env: { ...process.env, ...env } }
}

export async function removeVolumes(): Promise<void> {
  if (!(await dockerAnswers())) return
  const { stdout } = await execa('docker', ['volume', 'ls', '-q', '--filter', `name=thepixstock-${checkout}-`], {
    reject: false,
  })
  const names = stdout.split('\n').filter(Boolean)
  if (names.length > 0) await execa('docker', ['volume', 'rm', ...names], { reject: false })
}
