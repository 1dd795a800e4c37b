import { z } from 'zod'
import { IdParams } from './common.ts'
import { type Contract, problem } from './contract.ts'

/** The content type of a body that tus appends. */
export const TUS_BYTES = 'application/offset+octet-stream'

const Header = z.string().max(4_000).optional()

/** Headers of the resumable upload protocol, version 1.0.0 (tus.io). */
const TusHeaders = z.looseObject({ 'tus-resumable': Header.describe('`1.0.0`') })

/**
 * What a whole file became, in headers of the answer to its last bytes and of every HEAD after that. `upload-outcome` is
 * `stored` or `duplicate`, `upload-photo` the photo's id, `upload-sha256` the hash of all bytes as lower-case hex.
 */
export const OUTCOME_HEADERS = { outcome: 'upload-outcome', photoId: 'upload-photo', sha256: 'upload-sha256' } as const

/** The refusals of a request that brings bytes. */
const refusedBytes = {
  403: problem('email_not_verified'),
  404: problem('not_found'),
  409: problem('uploads_closed', 'studio_closed', 'upload_moved_on'),
  412: problem('tus_version'),
  413: problem('file_too_large'),
  415: problem('not_an_image', 'raw_file', 'unsupported_colors', 'unsupported_media_type'),
  422: problem('empty_file', 'image_too_large', 'image_too_small', 'invalid_request'),
} as const

export const createUpload = {
  method: 'POST',
  url: '/uploads',
  config: {
    access: 'photographer',
    scope: 'photos:upload',
    limit: 'upload',
    bytes: { type: TUS_BYTES, optional: true },
  },
  schema: {
    summary:
      'Begin a resumable upload (tus 1.0.0: creation, creation-with-upload, termination, expiration). `Upload-Metadata` names `eventId` and `filename`. `Location` is its address, good for 22 hours. A body is its first bytes',
    tags: ['photos'],
    headers: TusHeaders.extend({
      'upload-length': Header.describe('Bytes of the whole file'),
      'upload-metadata': Header.describe('`eventId <base64>,filename <base64>`'),
    }),
    response: {
      201: z.null(),
      ...refusedBytes,
    },
  },
} as const satisfies Contract

export const findUpload = {
  method: 'HEAD',
  url: '/uploads/:id',
  config: {
    access: 'photographer',
    scope: 'photos:upload',
    limit: 'chunk',
    swagger: { exposeHeadRoute: true },
  },
  schema: {
    summary:
      'How many bytes of an upload are stored: `Upload-Offset`. All of them once it is a photo; then `Upload-Outcome`, `Upload-Photo` and `Upload-Sha256` say which',
    tags: ['photos'],
    params: IdParams,
    headers: TusHeaders,
    response: {
      200: z.null(),
      403: problem('email_not_verified'),
      404: problem('not_found'),
      409: problem('uploads_closed', 'studio_closed'),
      412: problem('tus_version'),
    },
  },
} as const satisfies Contract

export const appendUpload = {
  method: 'PATCH',
  url: '/uploads/:id',
  config: { access: 'photographer', scope: 'photos:upload', limit: 'chunk', bytes: { type: TUS_BYTES } },
  schema: {
    summary:
      'Further bytes of an upload, from `Upload-Offset` on. The last ones make it a photo, or are refused as `POST /photos/upload` refuses; then the upload is gone. `Upload-Outcome`, `Upload-Photo` and `Upload-Sha256` say what it became',
    tags: ['photos'],
    params: IdParams,
    headers: TusHeaders.extend({ 'upload-offset': Header.describe('Bytes that are stored, as HEAD says') }),
    response: {
      204: z.null(),
      ...refusedBytes,
    },
  },
} as const satisfies Contract

export const deleteUpload = {
  method: 'DELETE',
  url: '/uploads/:id',
  config: { access: 'photographer', scope: 'photos:upload', limit: 'chunk' },
  schema: {
    summary: 'Give an upload up; its bytes are deleted. A photo that it became stays',
    tags: ['photos'],
    params: IdParams,
    headers: TusHeaders,
    response: { 204: z.null(), 404: problem('not_found'), 412: problem('tus_version') },
  },
} as const satisfies Contract
