/** Where every object lies (spec/20 "Objects"). The first group is in MAIN_BUCKET, the second in VANISHING_BUCKET. */
const THUMBNAIL_SIZES = ['small', 'medium', 'phone', 'large'] as const
export type ThumbnailSize = (typeof THUMBNAIL_SIZES)[number]

/** @param ext by detected format, without a dot */
export const originalKey = (eventId: string, photoId: string, ext: string) =>
  `events/${eventId}/originals/${photoId}.${ext}`
export const thumbnailKey = (eventId: string, size: ThumbnailSize, photoId: string) =>
  `events/${eventId}/thumbnails/${size}/${photoId}.jpg`
export const previewKey = (eventId: string, photoId: string) => `events/${eventId}/watermarked/${photoId}_wm.jpg`

/** The picture without a watermark that buyers see. */
export const boughtPreviewKey = (eventId: string, photoId: string) => `events/${eventId}/bought/${photoId}.jpg`
const BOUGHT_JPEGS = ['share', 'full'] as const
/** A JPEG that buyers download beside the original. */
export const boughtJpegKey = (eventId: string, size: (typeof BOUGHT_JPEGS)[number], photoId: string) =>
  `events/${eventId}/bought/${size}/${photoId}.jpg`

interface StoredPhoto {
  id: string
  eventId: string
  /** The format of the original. */
  format: string
}

/** Every object of a photo: its original and all pictures made of it. */
export const photoKeys = ({ id, eventId, format }: StoredPhoto): string[] => [
  originalKey(eventId, id, format),
  previewKey(eventId, id),
  boughtPreviewKey(eventId, id),
  ...BOUGHT_JPEGS.map(size => boughtJpegKey(eventId, size, id)),
  ...THUMBNAIL_SIZES.map(size => thumbnailKey(eventId, size, id)),
]

export const logoKey = (studioId: string, logoId: string) => `studios/${studioId}/logo/${logoId}.png`

export const zipKey = (eventId: string, orderId: string) => `events/${eventId}/downloads/${orderId}.zip`

/** The PDF of a receipt, a tax invoice or a credit note. */
export const documentKey = (studioId: string, documentId: string) => `documents/${studioId}/${documentId}.pdf`

/** The PDF of a statement of earnings. */
export const statementKey = (statementId: string) => `statements/${statementId}.pdf`

/** A row of the deletion log, which has to outlive the database (docs/guides/backup-and-recovery.md). */
export const deletionKey = (deletionId: string) => `${DELETION_PREFIX}${deletionId}.json`
export const DELETION_PREFIX = 'deletions/'

export const selfieKey = (searchId: string) => `faces/searches/${searchId}.jpg`
export const SELFIE_PREFIX = 'faces/searches/'
export const INDEX_PREFIX = 'faces/index/'
export const indexSnapshotPrefix = (eventId: string) => `${INDEX_PREFIX}${eventId}/`
export const uploadKey = (uploadId: string) => `temp/uploads/${uploadId}`
/** The key of one piece of a file that comes in pieces; all keys of a file begin with `uploadPrefix`. */
export const pieceKey = (uploadId: string, pieceId: string) => `${uploadPrefix(uploadId)}${pieceId}`
export const uploadPrefix = (uploadId: string) => `${uploadKey(uploadId)}/`
export const UPLOAD_PREFIX = 'temp/uploads/'

export const SLIP_PREFIX = 'slips/'
/** A slip as it was uploaded, until it is read. */
export const slipUploadKey = (slipId: string) => `${SLIP_PREFIX}${slipId}`
/** The picture that was made of it. */
export const slipKey = (slipId: string) => `${SLIP_PREFIX}${slipId}.jpg`
