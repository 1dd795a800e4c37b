/** Redirects to a fresh signed link each time: one in the page would be stale after five minutes (spec/10). */
export const originalUrl = (photoId: string): string => `/api/photos/${photoId}/original`
