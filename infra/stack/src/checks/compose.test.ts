import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { Settings as Api } from '../../../../services/api/src/settings.ts'
import { Settings as Clerk } from '../../../../services/clerk/src/settings.ts'
import { Settings as FaceWorker } from '../../../../services/face-worker/src/settings.ts'
import { ROOT } from '../base/paths.ts'

/** Settings of each service whose default holds in containers, too. Bounds that begin with `LIMIT_` are among them. */
const KEEPS_DEFAULT = {
  api: {
    ALLOWED_ORIGINS: 'a development server',
    DATABASE_POOL: 'measured for one api',
    STREAM_ROUND_SECONDS: 'measured for one api',
    BODY_LEAST_RATE: 'a bound against slow bodies',
    BODY_PATIENCE_SECONDS: 'a bound against slow bodies',
    HEADERS_SECONDS: 'a bound against slow bodies',
  },
  clerk: {},
  'face-worker': {
    PHOTO_PROCESSES: 'one for each core',
    PHOTO_SOFT_SECONDS: 'spec/20',
    PHOTO_HARD_SECONDS: 'spec/20',
    SELFIE_PROCESSES: 'measured for one worker',
    SELFIE_SECONDS: 'measured for one worker',
    SEARCH_PROCESSES: 'measured for one worker',
    INDEX_MEGABYTES: 'measured for one worker',
  },
} as const
/**
 * Settings of every service: the bounds of pictures fit the memory of a container, and the folder driver of storage is
 * for development.
 */
const EVERYWHERE = [
  'UPLOAD_MAX_PIXELS',
  'SELFIE_MAX_PIXELS',
  'UPLOAD_MAX_BYTES',
  'SELFIE_MAX_BYTES',
  'PHOTO_DECODE_MEGABYTES',
  'SELFIE_DECODE_MEGABYTES',
  'STORAGE_FS_ROOT',
  'STORAGE_SIGNING_KEY',
]

type Service = keyof typeof KEEPS_DEFAULT
const compose = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<Service, { environment: Record<string, string> }>
  volumes: Record<string, unknown>
}
const SETTINGS = {
  api: Object.keys(Api.shape),
  clerk: Object.keys(Clerk.in.shape),
  'face-worker': Object.keys(FaceWorker.shape),
}
const SERVICES = Object.keys(SETTINGS) as Service[]

test.each(SERVICES)(
  'docker-compose.yml names every setting of %s, or its default is one that production keeps',
  name => {
    const named = Object.keys(compose.services[name].environment)
    const kept = [...Object.keys(KEEPS_DEFAULT[name]), ...EVERYWHERE]
    const missing = SETTINGS[name].filter(
      setting => !named.includes(setting) && !kept.includes(setting) && !setting.startsWith('LIMIT_'),
    )
    expect(missing).toEqual([])
    expect(named.filter(setting => !SETTINGS[name].includes(setting))).toEqual([])
    expect(Object.keys(KEEPS_DEFAULT[name]).filter(setting => !SETTINGS[name].includes(setting))).toEqual([])
  },
)

interface Lasting {
  restart?: string
  stop_grace_period?: string
  logging?: { options: Record<string, string> }
  volumes?: (string | { source: string })[]
}

test('every service but the migrations comes back after a reboot, has time to end, and fills no disk with its log', () => {
  const { migrate, ...lasting } = compose.services as unknown as Record<string, Lasting>
  expect(migrate?.restart).toBe('no')
  for (const [name, service] of Object.entries(lasting))
    expect([name, service.restart, service.stop_grace_period, service.logging?.options['max-size']]).toEqual([
      name,
      'unless-stopped',
      '30s',
      '10m',
    ])
})

test('every volume that a service mounts is named, and every one that is named is mounted', () => {
  const mounted = Object.values(compose.services as unknown as Record<string, Lasting>)
    .flatMap(({ volumes = [] }) => volumes)
    .map(volume => (typeof volume === 'string' ? volume.split(':')[0]! : volume.source))
    .filter(source => !/^[./$]/.test(source))
  expect([...new Set(mounted)].toSorted()).toEqual(Object.keys(compose.volumes).toSorted())
})
