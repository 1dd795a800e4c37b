/** Redirects to a fresh signed link each time: one in the page would be stale after five minutes (spec/10). */
export const originalUrl = (photoId: string): string => `/api/photos/${photoId}/original`

/** The picture without a watermark, of the same kind; there once the downloads say that it is `ready`. */
export const boughtPreviewUrl = (photoId: string): string => `/api/photos/${photoId}/bought-preview`
