import type { z } from 'zod'
import type { StorageSettings } from './settings.ts'
import { fsStorage } from './storage-fs.ts'
import { s3Storage } from './storage-s3.ts'
import type { Storage } from './storage.ts'

type Settings = z.infer<typeof StorageSettings>

/** @throws Error naming the setting that its driver needs and does not have */
export function openStorage(settings: Settings): Storage {
  const publicUrl = settings.STORAGE_PUBLIC_URL
  if (settings.STORAGE_DRIVER === 'fs') {
    const root = need(settings, 'STORAGE_FS_ROOT')
    return fsStorage({ root, publicUrl, signingKey: need(settings, 'STORAGE_SIGNING_KEY') })
  }
  return s3Storage({
    endpoint: need(settings, 'STORAGE_ENDPOINT'),
    publicUrl,
    region: settings.STORAGE_REGION,
    accessKey: need(settings, 'STORAGE_ACCESS_KEY'),
    secretKey: need(settings, 'STORAGE_SECRET_KEY'),
  })
}

function need(settings: Settings, name: keyof Settings): string {
  const value = settings[name]
  if (!value) throw new Error(`${name} is needed with STORAGE_DRIVER=${settings.STORAGE_DRIVER}`)
  return value
}
