/** The shape a translation must have: every key of the Thai catalogue, each with its own words. */
export type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> }
