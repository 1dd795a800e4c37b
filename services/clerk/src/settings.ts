import { CommonSettings, refusePlainOrigin, refuseWeakSecrets, StorageSettings } from '@pix/platform/settings.ts'
import { z } from 'zod'

/** The environment of the clerk. */
export const Settings = CommonSettings.extend(StorageSettings.shape)
  .extend({
    DATABASE_URL: z.string().min(1),
    REDIS_URL: z.string().min(1),
    /** Origin under which people open the shop: links in letters begin with it. */
    PUBLIC_ORIGIN: z.url().transform(text => new URL(text).origin),
    /** Folder in which letters land. */
    MAIL_DIR: z.string().min(1),
  })
  .superRefine(refusePlainOrigin)
  .superRefine(refuseWeakSecrets('STORAGE_SECRET_KEY', 'STORAGE_SIGNING_KEY'))
export type Settings = z.output<typeof Settings>
