import { CAMERA_OUTCOMES } from '@pix/domain/words.ts'
import { z } from 'zod'
import { Id, IdParams, Instant, Nothing, Text } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** Why a file that a camera sent did not become a photo. */
export const CAMERA_REFUSALS = [
  'empty_file',
  'not_an_image',
  'unsupported_colors',
  'file_too_large',
  'image_too_large',
  'image_too_small',
  'uploads_closed',
  'studio_closed',
  'login_ended',
  'second_factor_required',
  'internal',
] as const

export const CameraLogin = z
  .object({
    id: Id,
    userName: z.string(),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
  })
  .meta({ id: 'CameraLogin' })
export type CameraLogin = z.infer<typeof CameraLogin>

export const CameraFile = z
  .object({
    id: Id,
    fileName: z.string(),
    createdAt: Instant,
    /** Null while it is being taken in. */
    outcome: z.enum(CAMERA_OUTCOMES).nullable(),
    code: z.enum(CAMERA_REFUSALS).nullable(),
  })
  .meta({ id: 'CameraFile' })
export type CameraFile = z.infer<typeof CameraFile>

/** Logins of one photographer that one event may have at a time. */
export const MOST_CAMERA_LOGINS = 10
/** The newest files that are listed. */
export const LISTED_CAMERA_FILES = 50

export const Cameras = z
  .object({
    /** Where cameras send to; null where this shop takes no files from cameras. */
    server: z.object({ host: z.string(), ftpPort: z.int(), sftpPort: z.int() }).nullable(),
    logins: z.array(CameraLogin),
    /** Of the last 30 days. */
    counts: z.object({ stored: z.int(), duplicate: z.int(), refused: z.int(), raw: z.int() }),
    /** The newest. */
    files: z.array(CameraFile),
  })
  .meta({ id: 'Cameras' })
export type Cameras = z.infer<typeof Cameras>

export const readCameras = {
  method: 'GET',
  url: '/events/:id/cameras',
  config: { access: 'photographer' },
  schema: {
    summary: "The caller's logins for cameras at an event, and what came with them",
    tags: ['cameras'],
    params: IdParams,
    response: { 200: Cameras, 404: problem('not_found') },
  },
} as const satisfies Contract

export const makeCameraLogin = {
  method: 'POST',
  url: '/events/:id/cameras',
  config: { access: 'photographer' },
  schema: {
    summary: 'Make a login with which a camera uploads to an event by FTP or SFTP. `password` is shown this once',
    tags: ['cameras'],
    params: IdParams,
    response: {
      201: CameraLogin.extend({ password: z.string() }),
      404: problem('not_found'),
      403: problem('email_not_verified'),
      409: problem('uploads_closed', 'studio_closed', 'too_many_camera_logins'),
    },
  },
} as const satisfies Contract

export const endCameraLogin = {
  method: 'DELETE',
  url: '/events/:id/cameras/:login',
  config: { access: 'photographer' },
  schema: {
    summary: 'End a login of a camera: it signs in no more, and what it still sends is refused',
    tags: ['cameras'],
    params: IdParams.extend({ login: Id }),
    response: { 204: Nothing, 404: problem('not_found') },
  },
} as const satisfies Contract

const HookHeaders = z.looseObject({ 'x-hook-secret': z.string().max(200).optional() })
const Line = Text.max(2_000)

/** SFTPGo's `external_auth_hook`. An empty user name refuses. */
export const signInCamera = {
  method: 'POST',
  url: '/hooks/camera/sign-in',
  config: { access: 'public', limit: 'webhook', atAnyHost: true },
  schema: {
    summary: "SFTPGo asks whether a camera's login is good, and gets the user with which it goes on",
    tags: ['cameras'],
    headers: HookHeaders,
    body: z.object({ username: Line, password: Line.optional(), ip: Line, protocol: Line }),
    response: {
      200: z.object({
        username: z.string(),
        status: z.int().optional(),
        home_dir: z.string().optional(),
        max_sessions: z.int().optional(),
        permissions: z.object({ '/': z.array(z.string()) }).optional(),
        filters: z.object({ denied_protocols: z.array(z.string()), max_upload_file_size: z.int() }).optional(),
        filesystem: z.object({ provider: z.int() }).optional(),
      }),
      404: problem('not_found'),
    },
  },
} as const satisfies Contract

/** SFTPGo's `actions.hook` for `upload`. Its `status`: 1 whole, 2 broken, 3 beyond a quota. */
export const takeCameraFile = {
  method: 'POST',
  url: '/hooks/camera/upload',
  config: { access: 'public', limit: 'webhook', atAnyHost: true },
  schema: {
    summary: 'SFTPGo says that a file has come; it is taken in as every other upload',
    tags: ['cameras'],
    headers: HookHeaders,
    body: z.object({
      action: Line,
      username: Line,
      virtual_path: Text.max(8_000),
      status: z.int().min(0).max(100),
    }),
    response: { 200: z.object({ taken: z.boolean() }), 404: problem('not_found') },
  },
} as const satisfies Contract
