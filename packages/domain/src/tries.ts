/** Tries that grouping an event's faces has; then it waits until an admin asks again. */
export const GROUPING_TRIES = 3

/** Tries that reading a photo again has, with another face engine; then it waits until an admin asks again. */
export const REREAD_TRIES = 3
