import { ProblemError } from '@pix/contracts/client.ts'

/** The photo is not there, or not to be seen. */
export const isNotFound = (error: unknown): boolean => error instanceof ProblemError && error.status === 404
