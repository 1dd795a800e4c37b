/** Nobody asked for this work: it is a sweep's or a job's, and it acts for the installation. */
export interface System {
  caller: null
  buyer: null
  from: null
}

/**
 * What a sweep or a job hands to use cases: it acts for no person, and may touch the rows of every event.
 *
 * @param deps what its program was built with
 */
export const asSystem = <D extends object>(deps: D): D & System => ({
  ...deps,
  caller: null,
  buyer: null,
  from: null,
})
