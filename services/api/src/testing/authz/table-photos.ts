import type { Audience } from './answers.ts'
import { AUDIENCES as may } from './answers.ts'

/** Photos: their pictures, uploads, what is known of them and what is decided about them. */
export const PHOTOS: Readonly<Record<string, Audience>> = {
  'GET /api/events/:id/photos': may.everybodyOnAny,
  'GET /api/events/:id/photos/layout': may.everybodyOnAny,
  'GET /api/events/:id/photos/crew': may.photographerOrKey,
  'GET /api/events/:id/photos/review': may.manager,
  'GET /api/photos/:id/file': may.manager,
  'GET /api/photos/:id': may.everybodyOnAny,
  'GET /api/photos/:id, pending': may.photographerOrHidden,
  'GET /api/photos/:id/metadata': may.everybodyOnAny,
  'GET /api/photos/:id/metadata, pending': may.photographerOrHidden,
  'GET /api/photos/:id/faces': may.manager,
  'GET /media/studios/:id/:file': may.everybodyOnAny,
  'GET /media/:eventId/:size/:file': may.everybodyOnAny,
  'POST /api/photos/upload': may.photographerOrKey,
  'POST /api/photos/batch-upload': may.photographerOrKey,
  'POST /api/uploads': may.photographerOrKey,
  'HEAD /api/uploads/:id': may.uploader,
  'PATCH /api/uploads/:id': may.uploader,
  'DELETE /api/uploads/:id': may.uploader,
  'POST /api/photos/:id/retry': may.photographer,
  'DELETE /api/photos/:id': may.photographer,
  'GET /api/photographer/me/summary': may.photographersList,
  'PUT /api/photos/:id/approve': may.manager,
  'PUT /api/photos/:id/reject': may.manager,
  'POST /api/photos/approvals': may.manager,
  'GET /api/photos/:id/bought-preview': may.buyer,
  'GET /api/photos/:id/original': may.buyer,
}
