import { ColumnKeysSetting, refuseWeakColumnKeys } from '@pix/db/sealed/column-keys-setting.ts'
import { CommonSettings, PictureSettings, refuseWeakSecrets, StorageSettings } from '@pix/platform/settings.ts'
import { FACE_ENGINES } from '@pix/faces/engines.ts'
import { availableParallelism } from 'node:os'
import { z } from 'zod'

/** The environment of the worker. */
export const Settings = CommonSettings.extend(StorageSettings.shape)
  .extend(PictureSettings.shape)
  .extend({
    DATABASE_URL: z.string().min(1),
    REDIS_URL: z.string().min(1),
    /** Keys of the encrypted columns, as the api has them: faces that new photos are compared with are encrypted. */
    COLUMN_KEYS: ColumnKeysSetting,
    /** The face engine of new events, where its weights are; else the other. Events keep the engine they have. */
    FACE_ENGINE: z.enum(FACE_ENGINES).default('sface'),
    /** `auto` takes the fastest that loads. */
    FACE_RUNTIME: z.enum(['auto', 'onnx', 'tfjs']).default('auto'),
    /** Folder into which the weights of face engines may be put by hand. */
    FACE_WEIGHTS_DIR: z.string().min(1).optional(),
    /** Folder for what the face engine makes on first use; all processes share it. */
    FACE_CACHE_DIR: z.string().min(1),
    /** Processes for photos; one for each core by default. */
    PHOTO_PROCESSES: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
    /** A photo is asked to stop after the one, killed after the other (spec/20 "States"). */
    PHOTO_SOFT_SECONDS: z.coerce.number().positive().default(240),
    PHOTO_HARD_SECONDS: z.coerce.number().positive().default(300),
    /** Processes that read selfies, one at a time each: a costly one holds up the others for its time at most. */
    SELFIE_PROCESSES: z.coerce.number().int().min(1).max(64).default(2),
    /** Processor time that reading one selfie may take. */
    SELFIE_SECONDS: z.coerce.number().positive().default(5),
    /** Processes for searches; an event's index is held by one of them as long as that one keeps up. */
    SEARCH_PROCESSES: z.coerce.number().int().min(1).max(64).default(1),
    /** Memory of each search process for the indexes of events. */
    INDEX_MEGABYTES: z.coerce.number().int().min(1).default(1024),
  })
  .superRefine(refuseWeakSecrets('STORAGE_SECRET_KEY', 'STORAGE_SIGNING_KEY'))
  .superRefine(refuseWeakColumnKeys)
export type WorkerSettings = z.output<typeof Settings>
/** What children get, too: a child that reads strangers' pictures has no keys. */
export type Settings = Omit<WorkerSettings, 'COLUMN_KEYS'>

/** What opens the face engines that a worker's children use. */
export const engineOptions = ({ FACE_ENGINE, FACE_RUNTIME, FACE_CACHE_DIR, FACE_WEIGHTS_DIR }: Settings) => ({
  preferred: FACE_ENGINE,
  runtime: FACE_RUNTIME,
  cacheDir: FACE_CACHE_DIR,
  weightsDir: FACE_WEIGHTS_DIR,
})

/** For children that hold indexes: the search kernel, compiled once by their parent. */
export type IndexChildSettings = Settings & { kernel?: Uint8Array<ArrayBuffer> }
