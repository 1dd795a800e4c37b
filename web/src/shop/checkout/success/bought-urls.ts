import type { BoughtJpeg } from '@pix/domain/picture-sizes.ts'

/** Redirects to a fresh signed link each time: one in the page would be stale after five minutes (spec/10). */
export const originalUrl = (photoId: string): string => `/api/photos/${photoId}/original`

/** A JPEG of a bought photo without a watermark, to download beside its original. */
export const boughtJpegUrl = (photoId: string, size: BoughtJpeg): string => `/api/photos/${photoId}/jpeg?size=${size}`
