import { randomBytes } from 'node:crypto'
import { dockerAnswers } from '../parts/docker.ts'
import { buildMinio } from '../parts/minio.ts'
import { startObjects } from '../parts/objects.ts'
import type { Folders } from '../base/paths.ts'
import { freePort } from '../base/ports.ts'
import { startPostgres } from '../parts/postgres.ts'
import { prepareRoles } from '../parts/prepare-database.ts'
import type { Processes } from '../base/processes.ts'
import { startRedis } from '../parts/redis.ts'
import { loadSecrets } from '../base/secrets.ts'
import { readyFaceWeights } from '../parts/face-weights.ts'
import { findObjectServer, takeParts } from '../parts/take-parts.ts'
import type { ObjectsChoice } from '../parts/take-parts.ts'

/** What integration tests read from the environment. Without an S3 server its three are missing and its tests are skipped. */
export interface TestEnvironment {
  TEST_DATABASE_ADMIN_URL: string
  TEST_DATABASE_OWNER_PASSWORD: string
  TEST_DATABASE_APP_PASSWORD: string
  TEST_REDIS_URL: string
  TEST_S3_ENDPOINT?: string
  TEST_S3_ACCESS_KEY?: string
  TEST_S3_SECRET_KEY?: string
}

/** Starts PostgreSQL, Redis and, where there is one, an S3 server, on free ports and with nothing in them. */
export async function startTestParts(
  processes: Processes,
  folders: Folders,
  unattended: boolean,
  onEnd: (reason: string) => void,
): Promise<TestEnvironment> {
  await buildMinio()
  await readyFaceWeights()
  const parts = await takeParts(process.env, unattended)
  const secrets = loadSecrets(folders.data)
  const adminUrl = await startPostgres(processes, parts.postgres, {
    folders,
    port: await freePort(),
    password: secrets.postgresPassword,
    temporaryData: true,
    onEnd,
  })
  // Tests from two checkouts may share one server given by address: the roles' passwords must then agree.
  const password = parts.postgres.kind === 'address' ? 'pix-test' : randomBytes(16).toString('hex')
  await prepareRoles(adminUrl, { owner: password, app: password })
  const redis = await startRedis(processes, parts.redis, {
    data: folders.data,
    port: await freePort(),
    password: secrets.redisPassword,
    temporaryData: true,
    onEnd,
  })
  const s3 = await startS3(processes, parts.objects, folders, onEnd)
  return {
    TEST_DATABASE_ADMIN_URL: adminUrl,
    TEST_DATABASE_OWNER_PASSWORD: password,
    TEST_DATABASE_APP_PASSWORD: password,
    TEST_REDIS_URL: redis,
    ...s3,
  }
}

async function startS3(
  processes: Processes,
  objects: ObjectsChoice,
  { data }: Folders,
  onEnd: (reason: string) => void,
) {
  const choice =
    objects.kind === 'folder'
      ? (findObjectServer() ?? ((await dockerAnswers()) ? { kind: 'docker' as const } : undefined))
      : objects
  if (!choice) return {}
  const settings = await startObjects(processes, choice, {
    data,
    port: await freePort(),
    secrets: loadSecrets(data),
    publicOrigin: 'http://localhost',
    onEnd,
  })
  return {
    TEST_S3_ENDPOINT: settings.STORAGE_ENDPOINT!,
    TEST_S3_ACCESS_KEY: settings.STORAGE_ACCESS_KEY!,
    TEST_S3_SECRET_KEY: settings.STORAGE_SECRET_KEY!,
  }
}
