/**
 * What the api's own paths begin with, at any host; the health of its process and of its parts among them. Every other
 * path is a page, or a file of the web.
 */
export const API_PATHS = ['api', 'media', 'objects', 'healthz', 'readyz'] as const

/** Matches a path that is one of these or lies below one, with its query or without. */
export const atOrBelow = (paths: readonly string[]): RegExp => new RegExp(`^/(${paths.join('|')})([/?]|$)`)
