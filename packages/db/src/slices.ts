/**
 * Rows of one insert. PostgreSQL's protocol counts a statement's parameters in 16 bits: this many rows of up to 65
 * columns fit.
 */
const ROWS = 1_000

/** Rows for several inserts, as many in each as one statement takes: an order of a whole event has thousands. */
export function* slices<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += ROWS) yield rows.slice(from, from + ROWS)
}
