import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { dockerRun } from './docker.ts'
import { untilReady } from '../base/processes.ts'
import type { Processes } from '../base/processes.ts'
import type { Secrets } from '../base/secrets.ts'
import type { ObjectsChoice } from './take-parts.ts'

interface Options {
  data: string
  port: number
  secrets: Pick<Secrets, 'storageSecretKey' | 'storageSigningKey' | 'storageKmsKey'>
  /** The one origin that browsers know; the web server passes `/objects` on to the api and a bucket's path on to S3. */
  publicOrigin: string
  onEnd: (reason: string) => void
}

const ACCESS_KEY = 'thepixstock'

/** Starts what was chosen. @returns the STORAGE_… settings of the services */
export async function startObjects(
  processes: Processes,
  choice: ObjectsChoice,
  options: Options,
): Promise<Record<string, string>> {
  const { data, port, secrets, publicOrigin, onEnd } = options
  if (choice.kind === 'folder') {
    return {
      STORAGE_DRIVER: 'fs',
      STORAGE_FS_ROOT: join(data, 'objects'),
      STORAGE_PUBLIC_URL: publicOrigin,
      STORAGE_SIGNING_KEY: secrets.storageSigningKey,
    }
  }
  if (choice.kind === 'address') {
    const { endpoint, accessKey, secretKey } = choice
    return s3Settings({ endpoint, publicOrigin, accessKey, secretKey })
  }

  const endpoint = `http://127.0.0.1:${port}`
  const running = processes.start(
    choice.kind === 'docker' ? dockerRun('minio', port, minioSettings(secrets)) : serverOf(choice, options),
    onEnd,
  )
  await untilReady(running, () => fetch(endpoint, { signal: AbortSignal.timeout(2_000) }))
  return s3Settings({ endpoint, publicOrigin, accessKey: ACCESS_KEY, secretKey: secrets.storageSecretKey })
}

interface S3Address {
  endpoint: string
  publicOrigin: string
  accessKey: string
  secretKey: string
}

function s3Settings({ endpoint, publicOrigin, accessKey, secretKey }: S3Address): Record<string, string> {
  return {
    STORAGE_DRIVER: 's3',
    STORAGE_ENDPOINT: endpoint,
    STORAGE_PUBLIC_URL: publicOrigin,
    STORAGE_REGION: 'us-east-1',
    STORAGE_ACCESS_KEY: accessKey,
    STORAGE_SECRET_KEY: secretKey,
  }
}

/** With a key of its own MinIO can encrypt at rest. */
const minioSettings = (secrets: Options['secrets']) => ({
  MINIO_ROOT_USER: ACCESS_KEY,
  MINIO_ROOT_PASSWORD: secrets.storageSecretKey,
  MINIO_KMS_SECRET_KEY: `thepixstock:${secrets.storageKmsKey}`,
  MINIO_BROWSER: 'off',
})

function serverOf(
  { program, server }: { program: string; server: 'minio' | 'versitygw' },
  { data, port, secrets }: Options,
) {
  const folder = join(data, server)
  mkdirSync(folder, { recursive: true })
  const address = `127.0.0.1:${port}`
  if (server === 'minio') {
    return {
      name: 'minio',
      command: program,
      args: ['server', folder, '--address', address, '--quiet'],
      env: { ...process.env, ...minioSettings(secrets) },
    }
  }
  const env = { ...process.env, ROOT_ACCESS_KEY: ACCESS_KEY, ROOT_SECRET_KEY: secrets.storageSecretKey }
  return {
    name: 'versitygw',
    command: program,
    args: ['--port', address, '--region', 'us-east-1', 'posix', folder],
    env,
  }
}
