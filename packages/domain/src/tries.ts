/** How often grouping an event's faces is tried; after that it waits until an admin asks again. */
export const GROUPING_TRIES = 3

/** How often reading a photo again with another face engine is tried; after that it waits until an admin asks again. */
export const REREAD_TRIES = 3

/** What stands in place of a number of tries once the last one has failed: until then it may still succeed. */
export const REREAD_GIVEN_UP = REREAD_TRIES + 1

/** A last try that has not ended after so long has ended with its worker. */
export const REREAD_TRY_SECONDS = 600
