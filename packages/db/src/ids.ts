import { v7 } from 'uuid'

/** A UUIDv7: not enumerable, sorts by time, made in code because PostgreSQL 15 cannot. */
export const newId = (): string => v7()
